/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PRINT_H
#define KMOD_PRINT_H

#include <linux/atomic.h>
#include <linux/dynamic_debug.h>
#include <linux/jump_label.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/types.h>

/* printk() became a macro over _printk() in 5.15. */
#ifdef printk
int kmod_printk(const char *fmt, ...) __asm__("_printk");
#else
int kmod_printk(const char *fmt, ...) __asm__("printk");
#endif

/* Puts what "%p" shows into "buffer", with a NUL, and returns its length. */
int kmod_hash_pointer(const void *pointer, char *buffer, size_t size);

/* Where __this_module keeps the module's name. */
static const unsigned long KMOD_MODULE_NAME_OFFSET = offsetof(struct module, name);

/*
 * A place that can be switched on (struct _ddebug), as far as the kernel has such, and its size. Behind its
 * four strings is a word of 32 bits: its line, its class from bit 18 on, its flags.
 */
#ifdef CONFIG_DYNAMIC_DEBUG
static const unsigned int KMOD_DDEBUG = 1;
static const unsigned long KMOD_DDEBUG_SIZE = sizeof(struct _ddebug);
#ifdef _DPRINTK_CLASS_DFLT
static const unsigned int KMOD_DDEBUG_CLASS_BITS = CLS_BITS;
#else
static const unsigned int KMOD_DDEBUG_CLASS_BITS = 0;
#endif
#else
static const unsigned int KMOD_DDEBUG = 0;
static const unsigned long KMOD_DDEBUG_SIZE = 40;
static const unsigned int KMOD_DDEBUG_CLASS_BITS = 0;
#endif

/* Whether such a place has a static key whose branches are told of by three offsets each. */
#if defined(CONFIG_DYNAMIC_DEBUG) && defined(CONFIG_JUMP_LABEL) && \
	defined(CONFIG_HAVE_ARCH_JUMP_LABEL_RELATIVE)
static const unsigned int KMOD_DDEBUG_BRANCH = 1;
#else
static const unsigned int KMOD_DDEBUG_BRANCH = 0;
#endif

/*
 * Logs with the device's name before it, unless "device" is NULL, and what "place" asks for, unless
 * that is NULL: one of both is not. "fmt" begins with a level.
 */
void kmod_say(void *place, const struct device *device, const char *fmt, ...);

/*
 * Logs later, from wherever it is called: what is said is kept, and a worker prints it. If it is not "open", logs
 * at once. "fmt" begins with a level.
 */
void kmod_print_deferred(const bool *open, const char *fmt, ...);

/* Prints what was kept, and waits for the worker; nothing is "open" any more. Sleeps. */
void kmod_deferred_end(void);

/* All zeroes before it is asked the first time. */
struct kmod_ratelimit {
	struct ratelimit_state state;
	atomic_t made;
};

/* Whether a message may be logged; of those that may not, "who" is said to have been kept. */
bool kmod_ratelimit(struct kmod_ratelimit *limit, const char *who);

/* print_hex_dump() with offsets, 16 bytes a line, and what they are in ASCII. */
void kmod_hex_dump(const char *level, const char *prefix, const void *bytes, size_t length);

#endif
