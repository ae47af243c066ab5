#define _GNU_SOURCE
#include "ckernel_thread.h"
#include <pthread.h>

struct call { void (*body)(void *context); void *context; };
static void *perform(void *argument) {
    struct call *call = argument;
    call->body(call->context);
    return NULL;
}
int ck_run_on_thread(void (*body)(void *context), void *context) {
    struct call call = {body, context};
    pthread_t thread;
    int failure = pthread_create(&thread, NULL, perform, &call);
    return failure ? -failure : -pthread_join(thread, NULL);
}
