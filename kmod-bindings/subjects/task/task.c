// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/pid.h>
#include <linux/string.h>
#include <linux/uidgid.h>

/*
 * A kuid_t is the number in the initial user namespace: from_kuid() would want init_user_ns, which
 * only modules under the GPL may name.
 */
#define KMOD_ID(name, val)			\
	unsigned int kmod_current_##name(void)	\
	{					\
		return val(current_##name());	\
	}

KMOD_ID(uid, __kuid_val)
KMOD_ID(gid, __kgid_val)
KMOD_ID(euid, __kuid_val)
KMOD_ID(egid, __kgid_val)
KMOD_ID(fsuid, __kuid_val)
KMOD_ID(fsgid, __kgid_val)

int kmod_current_pid(void)
{
	return task_pid_nr(current);
}

int kmod_current_tgid(void)
{
	return task_tgid_nr(current);
}

int kmod_current_pid_vnr(void)
{
	return task_pid_vnr(current);
}

int kmod_current_tgid_vnr(void)
{
	return task_tgid_vnr(current);
}

/* get_task_comm() calls a GPL-only function in some kernels; its lock is not needed to copy. */
void kmod_current_comm(char *comm)
{
	memcpy(comm, current->comm, TASK_COMM_LEN);
	comm[TASK_COMM_LEN - 1] = '\0';
}

bool kmod_current_ns_capable(int cap)
{
	return ns_capable(current_user_ns(), cap);
}
