internal import CKernel

extension Directory {
    /// False: it was there already.
    package func makeNewDirectory(_ name: String, mode: UInt32 = 0o755) throws(KernelError) -> Bool {
        let result = unsafe ck_mkdirat(descriptor.number, name, mode)
        if result == -KernelError.exists { return false }
        try checked(result, "make directory", name)
        return true
    }

    /// Of the entry itself, also where it is a symbolic link.
    package func changeOwner(of name: String, uid: UInt32, gid: UInt32) throws(KernelError) {
        try unsafe checked(ck_fchownat(descriptor.number, name, uid, gid, Int32(CK_AT_SYMLINK_NOFOLLOW)), "change owner of", name)
    }
}
