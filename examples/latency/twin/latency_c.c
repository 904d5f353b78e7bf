// SPDX-License-Identifier: GPL-2.0-only
/* The latency example in C. */
#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/seqlock.h>
#include <linux/sysctl.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/workqueue.h>

static unsigned int period;
static unsigned int period_max = 60000;
static DEFINE_SEQLOCK(queued_lock);
static ktime_t queued;
static atomic64_t samples;
static atomic64_t longest;

static void sample_run(struct work_struct *work)
{
	unsigned int begun;
	ktime_t at;
	s64 nanos;

	do {
		begun = read_seqbegin(&queued_lock);
		at = queued;
	} while (read_seqretry(&queued_lock, begun));
	nanos = ktime_to_ns(ktime_sub(ktime_get(), at));
	if (nanos > atomic64_read(&longest))
		atomic64_set(&longest, nanos);
	atomic64_inc(&samples);
}

static DECLARE_WORK(sample, sample_run);

static void tick_expired(struct timer_list *timer)
{
	unsigned int msecs = READ_ONCE(period);

	if (!work_pending(&sample)) {
		write_seqlock(&queued_lock);
		queued = ktime_get();
		write_sequnlock(&queued_lock);
		schedule_work(&sample);
	}
	if (msecs)
		mod_timer(timer, jiffies + msecs_to_jiffies(msecs));
}

static DEFINE_TIMER(tick, tick_expired);

static int do_period(
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
		     const
#endif
		     struct ctl_table *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	unsigned int msecs;
	int ret;

	ret = proc_douintvec_minmax(table, write, buffer, lenp, ppos);
	if (ret || !write)
		return ret;
	msecs = READ_ONCE(period);
	if (msecs)
		mod_timer(&tick, jiffies + msecs_to_jiffies(msecs));
	else
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
		timer_delete(&tick);
#else
		del_timer(&tick);
#endif
	return 0;
}

static struct ctl_table table[] = {
	{
		.procname = "period",
		.data = &period,
		.maxlen = sizeof(period),
		.mode = 0644,
		.proc_handler = do_period,
		.extra2 = &period_max,
	},
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
	{ }
#endif
};

static struct ctl_table_header *header;

static int report_show(struct seq_file *seq, void *unused)
{
	seq_printf(seq, "%lld samples, %lld ns at most\n", (long long)atomic64_read(&samples),
		   (long long)atomic64_read(&longest));
	return 0;
}

static int __init latency_init(void)
{
	if (!proc_create_single(KBUILD_MODNAME, 0444, NULL, report_show))
		return -ENOMEM;
	header = register_sysctl(KBUILD_MODNAME, table);
	if (!header) {
		remove_proc_entry(KBUILD_MODNAME, NULL);
		return -ENOMEM;
	}
	return 0;
}

static void __exit latency_exit(void)
{
	/* In this order: whoever could arm the next one goes before it. */
	unregister_sysctl_table(header);
	remove_proc_entry(KBUILD_MODNAME, NULL);
	WRITE_ONCE(period, 0);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	timer_delete_sync(&tick);
#else
	del_timer_sync(&tick);
#endif
	cancel_work_sync(&sample);
}

module_init(latency_init);
module_exit(latency_exit);
MODULE_AUTHOR("The kmod developers");
MODULE_DESCRIPTION("Measures how long works wait");
MODULE_LICENSE("GPL");
