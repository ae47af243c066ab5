// A thread of its own for what must not happen to the caller's: namespaces belong to threads (setns(2)).
#ifndef CKERNEL_THREAD_H
#define CKERNEL_THREAD_H

int ck_run_on_thread(void (*body)(void *context), void *context); // pthread_create(3), pthread_join(3)

#endif
