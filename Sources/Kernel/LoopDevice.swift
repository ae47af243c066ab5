internal import CKernel

/// A loop device with a file behind it (loop(4)): direct I/O, 4096-byte blocks. It goes away by itself when the last user of it does;
/// this value is one, a mount of it another.
package struct LoopDevice: ~Copyable, Sendable {
    package let number: Int32
    package let descriptor: Descriptor
    package var path: String { "/dev/loop\(number)" }

    private static let control = "/dev/loop-control"

    /// The device keeps `backing`'s open file description, and with it a lock of flock(2), for as long as it is attached.
    package static func attach(_ backing: borrowing Descriptor, readOnly: Bool = false) throws(KernelError) -> LoopDevice {
        let control = try Descriptor.open(Self.control, .readWrite)
        var attempts = 0
        while true {
            let number = try checked(ck_loop_free_number(control.number), "find a free", "loop device")
            let device = try openNode("/dev/loop\(number)")
            let result = ck_loop_configure(device.number, backing.number, readOnly)
            if result >= 0 { return LoopDevice(number: number, descriptor: device) }
            attempts += 1  // somebody else took this number between the two calls
            guard result == -KernelError.busy, attempts < 64 else { throw KernelError("attach a file to", "/dev/loop\(number)", code: -result) }
        }
    }

    /// A fresh number's node is made by devtmpfs's own thread: it can be a moment late.
    private static func openNode(_ path: String) throws(KernelError) -> Descriptor {
        var left = 200
        while true {
            do { return try Descriptor.open(path, .readWrite) } catch {
                guard error.code == KernelError.noEntry || error.code == KernelError.noDevice, left > 0 else { throw error }
                left -= 1
                Pause.milliseconds(5)
            }
        }
    }

    /// The device and inode of the file behind loop device `number`; nil when there is none.
    package static func backing(of number: Int32) throws(KernelError) -> (device: UInt64, inode: UInt64)? {
        let device: Descriptor
        do { device = try Descriptor.open("/dev/loop\(number)", .read) } catch {
            if error.code == KernelError.noEntry || error.code == KernelError.noDevice { return nil }
            throw error
        }
        var found: (device: UInt64, inode: UInt64) = (0, 0)
        let result = unsafe ck_loop_backing(device.number, &found.device, &found.inode)
        if result == -KernelError.noDevice { return nil }
        try checked(result, "look behind", "/dev/loop\(number)")
        return found
    }
}

package enum Pause {
    /// Blocks this thread: for waits of a few milliseconds on what the kernel is about to do.
    package static func milliseconds(_ count: Int64) { _ = ck_sleep(count * 1_000_000) }

    /// Until `call` finds busy no more what is busy only for a moment; 400 times, two seconds and what the calls take.
    package static func whileBusy(_ call: () throws(KernelError) -> Void) throws(KernelError) {
        for _ in 0..<400 {
            do { return try call() } catch { if error.code != KernelError.busy { throw error } }
            milliseconds(5)
        }
        try call()
    }
}

extension Descriptor {
    /// Shares every block of `source` with this empty file, copy on write (FICLONE, ioctl_ficlone(2)).
    package func clone(_ source: borrowing Descriptor) throws(KernelError) {
        try checked(ck_clone_file(source.number, number), "clone a file to", "descriptor \(number)")
    }

    /// A name for this very file that a program can be given which we start, whatever becomes of the file's own name.
    package var pathForChildren: String { "/proc/\(ck_pid())/fd/\(number)" }

    /// Waits for the exclusive lock of flock(2), without an end.
    package func lock() throws(KernelError) { try checked(ck_flock(number, Int32(CK_LOCK_EXCLUSIVE)), "lock", "descriptor \(number)") }
}
