// SPDX-License-Identifier: GPL-2.0-only
/* The driver of the gadget in C. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/usb.h>

static unsigned int fail;
module_param(fail, uint, 0644);

static struct usb_interface *gadget;
static struct usb_endpoint_descriptor *bulk_in, *bulk_out, *interrupt_in;
static u8 answer[32];
static int answered;

static void told(int number)
{
	__be32 bytes = cpu_to_be32(number);

	answered = sizeof(bytes);
	memcpy(answer, &bytes, answered);
}

static int control(struct usb_device *device, bool in, u8 type, int number, u16 value, u16 index,
		   void *bytes, int size, int timeout)
{
	/* What has no bytes goes out, whatever it says: newer kernels warn of the other pipe. */
	return usb_control_msg(device,
			       in && size ? usb_rcvctrlpipe(device, 0) : usb_sndctrlpipe(device, 0),
			       number, (in ? USB_DIR_IN : USB_DIR_OUT) | type, value, index, bytes,
			       size, timeout);
}

static int run(const char *op, int number, int size, int timeout)
{
	struct usb_device *device = interface_to_usbdev(gadget);
	int done = -ENOTTY, actual = 0;
	u8 *bytes;

	if (size > 0x800000)
		return -E2BIG;
	if ((!strcmp(op, "in") || !strcmp(op, "out") || !strcmp(op, "class")) && size > 0xffff)
		return -EINVAL;
	bytes = kmalloc(max(size, 1), GFP_KERNEL | __GFP_NOWARN);
	if (!bytes)
		return -ENOMEM;
	memset(bytes, 0x77, size);
	answered = 0;
	if (!strcmp(op, "in")) {
		done = control(device, true, USB_TYPE_VENDOR, number, 0x102, 0x304, bytes, size,
			       timeout);
		answered = clamp_t(int, done, 0, sizeof(answer));
		memcpy(answer, bytes, answered);
	} else if (!strcmp(op, "out") || !strcmp(op, "class")) {
		if (!strcmp(op, "out"))
			done = control(device, false, USB_TYPE_VENDOR, number, 0x102, 0x304,
				       bytes, size, timeout);
		else
			done = control(device, false, USB_TYPE_CLASS | USB_RECIP_INTERFACE, number,
				       0, 0, bytes, size, timeout);
		if (done >= 0)
			told(done);
	} else if (!strcmp(op, "read") || !strcmp(op, "report")) {
		if (!strcmp(op, "read"))
			done = bulk_in ? usb_bulk_msg(device,
				usb_rcvbulkpipe(device, bulk_in->bEndpointAddress), bytes, size,
				&actual, timeout) : -ENXIO;
		else
			done = interrupt_in ? usb_interrupt_msg(device,
				usb_rcvintpipe(device, interrupt_in->bEndpointAddress), bytes,
				size, &actual, timeout) : -ENXIO;
		if (!done) {
			answered = min_t(int, actual, sizeof(answer));
			memcpy(answer, bytes, answered);
		}
	} else if (!strcmp(op, "write")) {
		done = bulk_out ? usb_bulk_msg(device,
			usb_sndbulkpipe(device, bulk_out->bEndpointAddress), bytes, size, &actual,
			timeout) : -ENXIO;
		if (!done)
			told(actual);
	} else if (!strcmp(op, "clear")) {
		done = bulk_in ? usb_clear_halt(device,
			usb_rcvbulkpipe(device, bulk_in->bEndpointAddress)) : -ENXIO;
	} else if (!strcmp(op, "clear_out")) {
		done = bulk_out ? usb_clear_halt(device,
			usb_sndbulkpipe(device, bulk_out->bEndpointAddress)) : -ENXIO;
	} else if (!strcmp(op, "string")) {
		done = usb_string(device, number, bytes, size);
		answered = clamp_t(int, done, 0, sizeof(answer));
		memcpy(answer, bytes, answered);
	} else if (!strcmp(op, "sizes")) {
		done = bulk_in ? 0 : -ENXIO;
		if (!done) {
			answered = 4;
			answer[0] = bulk_in->bEndpointAddress;
			answer[1] = usb_endpoint_maxp(bulk_in) >> 8;
			answer[2] = usb_endpoint_maxp(bulk_in);
			answer[3] = interrupt_in ? interrupt_in->bInterval : 0;
		}
	}
	kfree(bytes);
	return min(done, 0);
}

static ssize_t node_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	char text[2 * sizeof(answer) + 1];

	scnprintf(text, sizeof(text), "%*phN", answered, answer);
	return simple_read_from_buffer(to, count, pos, text, 2 * answered);
}

static ssize_t node_write(struct file *file, const char __user *from, size_t count, loff_t *pos)
{
	char text[64] = "", op[16] = "";
	int number = 0, size = 0, timeout = 1000, error;

	if (count >= sizeof(text) || copy_from_user(text, from, count))
		return -EFAULT;
	if (sscanf(text, "%15s %i %i %d", op, &number, &size, &timeout) < 1)
		return -EINVAL;
	error = run(op, number, size, timeout);
	return error ?: count;
}

static const struct file_operations fops = {
	.owner = THIS_MODULE,
	.read = node_read,
	.write = node_write,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_usb_c0",
	.mode = 0666,
	.fops = &fops,
};

static int first(struct usb_interface *interface)
{
	u8 *bytes = kzalloc(4, GFP_KERNEL);
	int done = -ENOMEM;

	if (bytes)
		done = control(interface_to_usbdev(interface), true, USB_TYPE_VENDOR, 0x10, 0, 0,
			       bytes, 4, 1000);
	if (done > 0)
		done = bytes[0];
	kfree(bytes);
	return done;
}

static int probe(struct usb_interface *interface, const struct usb_device_id *id)
{
	struct usb_host_interface *all = interface->cur_altsetting;
	struct usb_device *device = interface_to_usbdev(interface);

	if (fail == 1)
		return -EIO;
	dev_info(&interface->dev, "%x:%x %d is %lu: %#x\n", le16_to_cpu(device->descriptor.idVendor),
		 le16_to_cpu(device->descriptor.idProduct), all->desc.bInterfaceNumber,
		 id->driver_info, first(interface));
	if (usb_find_bulk_in_endpoint(all, &bulk_in))
		bulk_in = NULL;
	if (usb_find_bulk_out_endpoint(all, &bulk_out))
		bulk_out = NULL;
	if (usb_find_int_in_endpoint(all, &interrupt_in))
		interrupt_in = NULL;
	if (fail == 2)
		return -ENXIO;
	gadget = interface;
	return misc_register(&node);
}

static void disconnect(struct usb_interface *interface)
{
	first(interface);
	misc_deregister(&node);
}

static const struct usb_device_id ids[] = {
	{ USB_DEVICE(0x1209, 1), .driver_info = 0 },
	{ USB_DEVICE_INTERFACE_NUMBER(0x1209, 2, 1), .driver_info = 1 },
	{ .match_flags = USB_DEVICE_ID_MATCH_DEVICE | USB_DEVICE_ID_MATCH_INT_CLASS,
	  .idVendor = 0x1209, .idProduct = 3, .bInterfaceClass = 0xff, .driver_info = 2 },
	{ .match_flags = USB_DEVICE_ID_MATCH_INT_CLASS | USB_DEVICE_ID_MATCH_INT_SUBCLASS,
	  .bInterfaceClass = 0xfe, .bInterfaceSubClass = 0x42, .driver_info = 3 },
	{ .match_flags = USB_DEVICE_ID_MATCH_VENDOR, .idVendor = 0x1208, .driver_info = 4 },
	{ }
};
MODULE_DEVICE_TABLE(usb, ids);

static struct usb_driver vm_usb_c = {
	.name = "vm_usb_c",
	.id_table = ids,
	.probe = probe,
	.disconnect = disconnect,
};

/* A device that sends reports by itself. */
static unsigned int size = 8;
module_param(size, uint, 0444);
static unsigned int reports, sum, error;
module_param(reports, uint, 0444);
module_param(sum, uint, 0444);
module_param(error, uint, 0444);
static struct usb_interface *pad;
static struct urb *urb;
static u8 *buffer;

static void complete_report(struct urb *done)
{
	unsigned int at;

	switch (done->status) {
	case -ENOENT:
	case -ECONNRESET:
	case -ESHUTDOWN:
		return;
	case 0:
		for (at = 0; at < done->actual_length; at++)
			sum += buffer[at];
		reports++;
		break;
	default:
		error = -done->status;
		if (error == EPIPE)
			return;
	}
	usb_submit_urb(done, GFP_ATOMIC);
}

static int pad_probe(struct usb_interface *interface, const struct usb_device_id *id)
{
	struct usb_device *device = interface_to_usbdev(interface);
	struct usb_endpoint_descriptor *endpoint;
	int failed = usb_find_int_in_endpoint(interface->cur_altsetting, &endpoint);

	if (failed)
		return failed;
	reports = sum = error = 0;
	urb = usb_alloc_urb(0, GFP_KERNEL);
	buffer = kmalloc(size, GFP_KERNEL);
	if (!urb || !buffer) {
		kfree(buffer);
		usb_free_urb(urb);
		return -ENOMEM;
	}
	usb_fill_int_urb(urb, device, usb_rcvintpipe(device, endpoint->bEndpointAddress), buffer,
			 size, complete_report, NULL, endpoint->bInterval);
	pad = interface;
	return usb_submit_urb(urb, GFP_KERNEL);
}

static int pad_suspend(struct usb_interface *interface, pm_message_t message)
{
	usb_kill_urb(urb);
	return 0;
}

static int pad_resume(struct usb_interface *interface)
{
	return usb_submit_urb(urb, GFP_NOIO);
}

/* Has the device answer: "ask" as it is, "use" with a reference to its power. */
static int ask(const char *text, const struct kernel_param *param)
{
	struct usb_device *device = interface_to_usbdev(pad);
	bool uses = text[0] == 'u';
	int failed = uses ? usb_autopm_get_interface(pad) : 0;

	if (failed)
		return failed;
	failed = control(device, false, USB_TYPE_VENDOR, 0x20, 0, 0, NULL, 0, 1000);
	if (uses)
		usb_autopm_put_interface(pad);
	return failed;
}

static const struct kernel_param_ops ask_ops = {
	.set = ask,
};
module_param_cb(ask, &ask_ops, NULL, 0200);

static void pad_disconnect(struct usb_interface *interface)
{
	usb_kill_urb(urb);
	usb_free_urb(urb);
	kfree(buffer);
}

static const struct usb_device_id pad_ids[] = {
	{ USB_DEVICE(0x1209, 5) },
	{ USB_DEVICE(0x1209, 6) },
	{ }
};
MODULE_DEVICE_TABLE(usb, pad_ids);

static struct usb_driver vm_usb_pad_c = {
	.name = "vm_usb_pad_c",
	.id_table = pad_ids,
	.probe = pad_probe,
	.disconnect = pad_disconnect,
	.suspend = pad_suspend,
	.resume = pad_resume,
	.reset_resume = pad_resume,
	.supports_autosuspend = 1,
};

static int __init begin(void)
{
	int failed = usb_register(&vm_usb_c);

	if (failed)
		return failed;
	failed = usb_register(&vm_usb_pad_c);
	if (failed)
		usb_deregister(&vm_usb_c);
	return failed;
}
module_init(begin);

static void __exit end(void)
{
	usb_deregister(&vm_usb_pad_c);
	usb_deregister(&vm_usb_c);
}
module_exit(end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The twin of vm_usb");
