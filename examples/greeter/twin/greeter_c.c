// SPDX-License-Identifier: GPL-2.0-only
/* The greeter example in C, as guides teach it: by the operations of the terminal itself. */
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/tty.h>

static int say(const char *text)
{
	struct tty_struct *tty = get_current_tty();

	if (!tty)
		return -ENXIO;
	tty->ops->write(tty, text, strlen(text));
	tty_kref_put(tty);
	return 0;
}

static int __init greeter_init(void)
{
	return say("greeter: hello\r\n");
}

static void __exit greeter_exit(void)
{
	int ret = say("greeter: goodbye\r\n");

	if (ret)
		pr_info("nobody to say goodbye to: %pe\n", ERR_PTR(ret));
}

module_init(greeter_init);
module_exit(greeter_exit);
MODULE_DESCRIPTION("Says hello in a terminal");
MODULE_LICENSE("GPL");
