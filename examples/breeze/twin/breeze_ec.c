// SPDX-License-Identifier: GPL-2.0-only
/*
 * What stands for the embedded controller: QEMU has none, so that ec_read() and ec_write() find none. It answers
 * in their place.
 */
#include <linux/acpi.h>
#include <linux/kprobes.h>
#include <linux/module.h>

static unsigned char bytes[256];
module_param_array(bytes, byte, NULL, 0444);

/* What every call answers instead, if it is not 0. */
static int error;
module_param(error, int, 0644);

/* So often, what is read of the fan changes between one byte and the next. */
static unsigned int races;
module_param(races, uint, 0644);

static int poke_set(const char *text, const struct kernel_param *param)
{
	unsigned int at, value;

	if (sscanf(text, "%i %i", &at, &value) != 2 || at > 255 || value > 255)
		return -EINVAL;
	bytes[at] = value;
	return 0;
}

static const struct kernel_param_ops poke_ops = { .set = poke_set };
module_param_cb(poke, &poke_ops, NULL, 0200);

struct call {
	u8 at;
	unsigned long value;
};

static int called(struct kretprobe_instance *probe, struct pt_regs *regs)
{
	struct call *call = (struct call *)probe->data;

	call->at = regs_get_kernel_argument(regs, 0);
	call->value = regs_get_kernel_argument(regs, 1);
	return 0;
}

static int has_read(struct kretprobe_instance *probe, struct pt_regs *regs)
{
	struct call *call = (struct call *)probe->data;

	if (!error)
		*(u8 *)call->value = bytes[call->at];
	if (call->at == 0x60 && races) {
		races--;
		bytes[0x60]++;
	}
	regs_set_return_value(regs, error);
	return 0;
}

static int has_written(struct kretprobe_instance *probe, struct pt_regs *regs)
{
	struct call *call = (struct call *)probe->data;

	if (!error)
		bytes[call->at] = call->value;
	regs_set_return_value(regs, error);
	return 0;
}

static struct kretprobe reads = {
	.kp.symbol_name = "ec_read",
	.entry_handler = called,
	.handler = has_read,
	.data_size = sizeof(struct call),
};

static struct kretprobe writes = {
	.kp.symbol_name = "ec_write",
	.entry_handler = called,
	.handler = has_written,
	.data_size = sizeof(struct call),
};

static int __init begin(void)
{
	int status = register_kretprobe(&reads);

	if (status)
		return status;
	status = register_kretprobe(&writes);
	if (status)
		unregister_kretprobe(&reads);
	return status;
}
module_init(begin);

static void __exit end(void)
{
	unregister_kretprobe(&writes);
	unregister_kretprobe(&reads);
}
module_exit(end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Stands for the embedded controller of a Breeze");
