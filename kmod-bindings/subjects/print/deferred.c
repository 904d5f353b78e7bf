// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that defers messages needs it. */
#include "helpers.h"

#include "../workqueue/helpers.h"

#include <linux/delay.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

/* How many messages wait at most, a power of two; and the bytes of one, its NUL and level among them. */
enum { LINES = 64, LENGTH = 256 };

/*
 * A place in the ring, for one of each LINES messages. With the number of the first of these as "round", "turn"
 * is "round" while the place is free for a message of them, and one more while it holds that. Zeroes are a ring
 * that is free from number 0 on.
 */
static struct line {
	atomic_t turn;
	char text[LENGTH];
} lines[LINES];

/* The number of the next message that comes, and of the next one that is printed. */
static atomic_t coming;
static unsigned int going;

/* How many found no place. */
static atomic_t lost;

/* How many are in kmod_print_deferred(). */
static atomic_t inside;

/* Who prints what was deferred. */
static struct task_struct *printer;

static unsigned int round(unsigned int number)
{
	return number & ~(LINES - 1u);
}

/*
 * Takes no lock and waits for nobody: whoever is interrupted in here, by an NMI, too, has a place of their own.
 * Whether there was one.
 */
static bool keep(const char *fmt, va_list args)
{
	unsigned int number = atomic_read(&coming);
	struct line *line;
	int length;

	for (;;) {
		unsigned int turn;

		line = &lines[number % LINES];
		turn = atomic_read_acquire(&line->turn);
		if (turn == round(number)) {
			unsigned int is = atomic_cmpxchg(&coming, number, number + 1);

			if (is == number)
				break;
			number = is;
		} else if ((int)(turn - round(number)) < 0) {
			return false;
		} else {
			number = atomic_read(&coming);
		}
	}
	length = vscnprintf(line->text, LENGTH, fmt, args);
	/* One that was cut is a whole line, too. */
	if (length == LENGTH - 1)
		line->text[length - 1] = '\n';
	atomic_set_release(&line->turn, round(number) + 1);
	return true;
}

/* Prints the next one, if there is one; only one at a time. */
static bool print_next(void)
{
	struct line *line = &lines[going % LINES];

	if (atomic_read_acquire(&line->turn) != (int)(round(going) + 1))
		return false;
	printk("%s", line->text);
	atomic_set_release(&line->turn, round(going) + LINES);
	going++;
	return true;
}

static void print_lost(void)
{
	int number = atomic_xchg(&lost, 0);

	if (number)
		printk(KERN_WARNING "%s: %d deferred messages were left out\n", THIS_MODULE->name,
		       number);
}

static void print_all(struct work_struct *work);
static DECLARE_WORK(work, print_all);

static void print_all(struct work_struct *of)
{
	int left = LINES;

	WRITE_ONCE(printer, current);
	while (left && print_next())
		left--;
	print_lost();
	WRITE_ONCE(printer, NULL);
	/* Others have their turn, too, if there is no end of them. */
	if (!left)
		queue_work(kmod_system_queue(KMOD_QUEUE_UNBOUND), &work);
}

/* Once the interrupts are on again no lock is held that a queue waits for. */
static void call_worker(struct irq_work *of)
{
	queue_work(kmod_system_queue(KMOD_QUEUE_UNBOUND), &work);
}

/*
 * On PREEMPT_RT one of the plain kind wakes a thread. A handler that logs who is woken would log that, too, which
 * would wake it again.
 */
#ifdef IRQ_WORK_INIT_HARD
static struct irq_work wake = IRQ_WORK_INIT_HARD(call_worker);
#else
static DEFINE_IRQ_WORK(wake, call_worker);
#endif

void kmod_print_deferred(const bool *open, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	atomic_inc(&inside);
	/* Either kmod_deferred_end() sees who is inside, or these that it is over. */
	smp_mb__after_atomic();
	if (!READ_ONCE(*open)) {
		vprintk(fmt, args);
	} else if (READ_ONCE(printer) != current) {
		if (!keep(fmt, args))
			atomic_inc(&lost);
		irq_work_queue(&wake);
	}
	atomic_dec(&inside);
	va_end(args);
}

void kmod_deferred_end(void)
{
	smp_mb();
	while (atomic_read(&inside))
		msleep(1);
	irq_work_sync(&wake);
	cancel_work_sync(&work);
	while (print_next())
		;
	print_lost();
}
