/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_KPROBE_H
#define KMOD_KPROBE_H

#include <linux/kprobes.h>
#include <linux/ptrace.h>

/* How many arguments of a function are in registers, as the kernel's regs_get_kernel_argument() has it. */
#ifdef NR_REG_ARGUMENTS
static const unsigned int KMOD_PROBE_ARGUMENTS = NR_REG_ARGUMENTS;
#else
/* It has the number in itself alone; of those that do so it is always this one. */
static const unsigned int KMOD_PROBE_ARGUMENTS = 8;
#endif

/* A probe at the beginning of a function. */
struct kmod_kprobe {
#ifdef CONFIG_KPROBES
	struct kprobe probe;
#endif
	void (*entered)(struct kmod_kprobe *probe, struct pt_regs *regs);
};

/* One at the beginning and the return of each of its calls. */
struct kmod_kretprobe {
#ifdef CONFIG_KRETPROBES
	struct kretprobe probe;
#endif
	bool (*entered)(struct kmod_kretprobe *probe, struct pt_regs *regs, void *data);
	void (*returned)(struct kmod_kretprobe *probe, struct pt_regs *regs, const void *data);
};

/*
 * Both are called where the kernel may be in the middle of anything, and must not change the registers.
 * Where a kernel has no probes it is -EOPNOTSUPP.
 */
int kmod_kprobe_register(struct kmod_kprobe *probe, const char *symbol,
			 void (*entered)(struct kmod_kprobe *probe, struct pt_regs *regs));

/* Waits until no handler runs. */
void kmod_kprobe_unregister(struct kmod_kprobe *probe);

/* How often the function was called without the handler being called. */
unsigned long kmod_kprobe_missed(const struct kmod_kprobe *probe);

/*
 * `entered`, which may be NULL, says whether the return is to be seen, and has `data_size` bytes at `data`,
 * which `returned` gets, too; they need not be aligned. 0 of `maxactive` is the kernel's own number.
 */
int kmod_kretprobe_register(struct kmod_kretprobe *probe, const char *symbol,
			    bool (*entered)(struct kmod_kretprobe *probe, struct pt_regs *regs,
					    void *data),
			    void (*returned)(struct kmod_kretprobe *probe, struct pt_regs *regs,
					     const void *data),
			    int maxactive, size_t data_size);
void kmod_kretprobe_unregister(struct kmod_kretprobe *probe);
unsigned long kmod_kretprobe_missed(const struct kmod_kretprobe *probe);

/* What was in the register of the argument `n`, of which there are KMOD_PROBE_ARGUMENTS. */
unsigned long kmod_probe_argument(struct pt_regs *regs, unsigned int n);

/* What was in the register of the value that is returned. */
unsigned long kmod_probe_value(struct pt_regs *regs);

#endif
