// SPDX-License-Identifier: GPL-2.0-only
/* The keycount example in C. */
#include <linux/atomic.h>
#include <linux/keyboard.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysctl.h>
#include <linux/version.h>

static atomic64_t pressed, held_back;
static unsigned int last, broken;

static int notified(struct notifier_block *block, unsigned long code, void *data)
{
	struct keyboard_notifier_param *key = data;
	bool is_broken;

	if (code != KBD_KEYCODE)
		return NOTIFY_DONE;
	is_broken = key->value == READ_ONCE(broken);
	if (key->down) {
		atomic64_inc(is_broken ? &held_back : &pressed);
		WRITE_ONCE(last, key->value);
	}
	return is_broken ? NOTIFY_STOP : NOTIFY_DONE;
}

static struct notifier_block keys = {
	.notifier_call = notified,
};

static int report_show(struct seq_file *seq, void *unused)
{
	seq_printf(seq, "pressed %lld\n", atomic64_read(&pressed));
	seq_printf(seq, "held back %lld\n", atomic64_read(&held_back));
	seq_printf(seq, "last %u\n", READ_ONCE(last));
	return 0;
}

static struct ctl_table table[] = {
	{
		.procname = "broken",
		.data = &broken,
		.maxlen = sizeof(broken),
		.mode = 0644,
		.proc_handler = proc_douintvec,
	},
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
	{}
#endif
};

static struct ctl_table_header *header;

static int __init keycount_init(void)
{
	int ret = register_keyboard_notifier(&keys);

	if (ret)
		return ret;
	ret = -ENOMEM;
	if (!proc_create_single("keycount_c", 0, NULL, report_show))
		goto notifier;
	header = register_sysctl("keycount_c", table);
	if (!header)
		goto proc;
	return 0;

proc:
	remove_proc_entry("keycount_c", NULL);
notifier:
	unregister_keyboard_notifier(&keys);
	return ret;
}

static void __exit keycount_exit(void)
{
	unregister_sysctl_table(header);
	remove_proc_entry("keycount_c", NULL);
	unregister_keyboard_notifier(&keys);
}

module_init(keycount_init);
module_exit(keycount_exit);
MODULE_DESCRIPTION("Counts keys, and breaks one");
MODULE_LICENSE("GPL");
