/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_TASK_H
#define KMOD_TASK_H

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/thread_info.h>

/* The ids of the running task, as the initial user namespace numbers them. */
unsigned int kmod_current_uid(void);
unsigned int kmod_current_gid(void);
unsigned int kmod_current_euid(void);
unsigned int kmod_current_egid(void);
unsigned int kmod_current_fsuid(void);
unsigned int kmod_current_fsgid(void);

/* Those of its thread and its process: in the initial pid namespace, and in its own. */
int kmod_current_pid(void);
int kmod_current_tgid(void);
int kmod_current_pid_vnr(void);
int kmod_current_tgid_vnr(void);

static const unsigned int KMOD_TASK_COMM_LEN = TASK_COMM_LEN;

/*
 * The most bytes that a module's struct may have, which is returned over a task's stack: an eighth of it, and
 * more where locks are larger. (Kernels that check memory have a larger stack.)
 */
#if defined(CONFIG_PREEMPT_RT) || defined(CONFIG_DEBUG_LOCK_ALLOC)
static const unsigned int KMOD_MODULE_SIZE = THREAD_SIZE / 16 * 3;
#else
static const unsigned int KMOD_MODULE_SIZE = THREAD_SIZE / 8;
#endif

/* Its name, which has a NUL; "comm" has room for KMOD_TASK_COMM_LEN bytes. */
void kmod_current_comm(char *comm);

/* ns_capable() in the running task's own user namespace. */
bool kmod_current_ns_capable(int cap);

struct pid;

/* A reference to the running task's process. */
struct pid *kmod_pid_current(void);

/* One to the process or thread of this number in the running task's pid namespace, or NULL. */
struct pid *kmod_pid_find(int number);
void kmod_pid_get(struct pid *pid);
void kmod_pid_put(struct pid *pid);

/* Its number in the initial pid namespace. */
int kmod_pid_nr(struct pid *pid);

/* Sends a signal to the process, as the kernel: -ESRCH if it has ended, -EPERM if it is the first. */
int kmod_pid_signal(struct pid *pid, int signal);

#endif
