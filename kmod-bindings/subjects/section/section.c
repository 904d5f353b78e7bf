// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../sleeper/helpers.h"

#include <linux/export.h>

/* The instances that are there, and of these how many are closed and have tasks inside. */
static DEFINE_RAW_SPINLOCK(instances_lock);
static LIST_HEAD(instances);
static atomic_t closing;

void kmod_sections_open(struct kmod_sections *sections)
{
	raw_spin_lock_init(&sections->lock);
	sections->closed = false;
	INIT_LIST_HEAD(&sections->inside);
	sections->closer = NULL;
	raw_spin_lock(&instances_lock);
	list_add(&sections->others, &instances);
	raw_spin_unlock(&instances_lock);
}

bool kmod_section_enter(struct kmod_sections *sections, struct kmod_section *section)
{
	bool entered;

	section->task = current;
	raw_spin_lock(&sections->lock);
	entered = !sections->closed;
	if (entered)
		list_add(&section->others, &sections->inside);
	raw_spin_unlock(&sections->lock);
	return entered;
}

/* With the lock held. Who waits for the last one looks at the list under the lock, too. */
static void leave(struct kmod_sections *sections, struct kmod_section *section)
{
	list_del(&section->others);
	if (sections->closer && list_empty(&sections->inside))
		wake_up_process(sections->closer);
}

void kmod_section_leave(struct kmod_sections *sections, struct kmod_section *section)
{
	raw_spin_lock(&sections->lock);
	leave(sections, section);
	raw_spin_unlock(&sections->lock);
}

/* A section of "task" in these, or NULL. With the lock held. */
static struct kmod_section *find(struct kmod_sections *sections, struct task_struct *task)
{
	struct kmod_section *section;

	list_for_each_entry(section, &sections->inside, others)
		if (section->task == task)
			return section;
	return NULL;
}

static bool is_inside(struct kmod_sections *sections, struct task_struct *task)
{
	bool inside;

	raw_spin_lock(&sections->lock);
	inside = find(sections, task);
	raw_spin_unlock(&sections->lock);
	return inside;
}

/* What a sleeper asks before it sleeps: whether one of the instances that it is in is closed. */
static bool must_leave(void)
{
	struct kmod_sections *sections;
	bool must = false;

	if (!atomic_read(&closing))
		return false;
	raw_spin_lock(&instances_lock);
	list_for_each_entry(sections, &instances, others) {
		if (READ_ONCE(sections->closed) && is_inside(sections, current)) {
			must = true;
			break;
		}
	}
	raw_spin_unlock(&instances_lock);
	return must;
}

static bool belongs(struct task_struct *task, void *sections)
{
	return is_inside(sections, task);
}

void kmod_sections_close(struct kmod_sections *sections)
{
	bool again;

	atomic_inc(&closing);
	raw_spin_lock(&sections->lock);
	again = sections->closed;
	WRITE_ONCE(sections->closed, true);
	raw_spin_unlock(&sections->lock);
	if (again)
		atomic_dec(&closing);
	kmod_sleepers_wake(must_leave, belongs, sections);
}

static bool is_empty(struct kmod_sections *sections)
{
	bool empty;

	raw_spin_lock(&sections->lock);
	empty = list_empty(&sections->inside);
	raw_spin_unlock(&sections->lock);
	return empty;
}

void kmod_sections_drain(struct kmod_sections *sections)
{
	raw_spin_lock(&sections->lock);
	sections->closer = current;
	raw_spin_unlock(&sections->lock);
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (is_empty(sections))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	raw_spin_lock(&instances_lock);
	list_del(&sections->others);
	raw_spin_unlock(&instances_lock);
	atomic_dec(&closing);
}

void kmod_sections_abandon(void)
{
	struct kmod_sections *sections;
	struct kmod_section *section;

	/* The task that an interrupt has interrupted goes on, or the kernel panics. */
	if (!in_task())
		return;
	raw_spin_lock(&instances_lock);
	list_for_each_entry(sections, &instances, others) {
		raw_spin_lock(&sections->lock);
		while ((section = find(sections, current)))
			leave(sections, section);
		raw_spin_unlock(&sections->lock);
	}
	raw_spin_unlock(&instances_lock);
}
