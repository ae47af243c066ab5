// Local sockets that carry messages and descriptors: unix(7), poll(2).
#ifndef CKERNEL_SOCKET_H
#define CKERNEL_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int ck_packet_pair(int ends[2]);                           // SOCK_SEQPACKET
int ck_listen_packets(const char *path, int backlog);      // SOCK_SEQPACKET
int ck_listen_stream(const char *path, unsigned mode, int backlog);
int ck_connect_packets(const char *path);
int ck_accept(int listener);
int ck_peer(int socket, int *pid, uint32_t *uid);
long ck_send(int socket, const void *bytes, size_t count, const int *descriptors, int descriptorCount);
// Returns the length; sets *descriptorCount to the number received (at most its value on entry). −EMSGSIZE if truncated.
long ck_receive(int socket, void *bytes, size_t count, int *descriptors, int *descriptorCount);
int ck_shutdown(int socket);                               // both directions
int ck_shutdown_write(int socket);                         // what was sent is still received

#define CK_POLL_IN 1
#define CK_POLL_OUT 4
// `results[i]` receives the events of `descriptors[i]` (a negative one is skipped). Returns how many have some.
int ck_poll(const int *descriptors, const short *events, short *results, int count, int timeoutMilliseconds);

// epoll(7), one event at a time, each descriptor reported once.
int ck_epoll(void);
int ck_epoll_add(int epoll, int fd, uint64_t token);
int ck_epoll_wait(int epoll, uint64_t *token);

#endif
