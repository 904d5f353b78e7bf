// SPDX-License-Identifier: GPL-2.0-only
#include "device.h"

#include <linux/iio/buffer.h>
#include <linux/iio/buffer_impl.h>
#include <linux/iio/trigger.h>
#include <linux/iio/trigger_consumer.h>
#include <linux/iio/triggered_buffer.h>
#include <linux/interrupt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

/*
 * In the trigger's thread, or in that of who polls it from one. While this runs, the channels that are on stay as they
 * are: the kernel frees the interrupt, which waits for its handlers, before it changes them.
 */
static irqreturn_t on_trigger(int irq, void *of)
{
	struct iio_poll_func *poll = of;
	struct iio_dev *device = poll->indio_dev;
	struct kmod_iio *iio = kmod_iio_of(device);

	mutex_lock(&iio->scan_lock);
	memset(iio->scan, 0, iio->scan_size);
	if (!iio->ops->trigger_handler(iio->data, device->active_scan_mask, iio->scan))
		iio_push_to_buffers_with_timestamp(device, iio->scan, poll->timestamp);
	mutex_unlock(&iio->scan_lock);
	iio_trigger_notify_done(device->trig);
	return IRQ_HANDLED;
}

static int preenable(struct iio_dev *device)
{
	struct kmod_iio *iio = kmod_iio_of(device);

	return iio->ops->preenable(iio->data);
}

static int postdisable(struct iio_dev *device)
{
	struct kmod_iio *iio = kmod_iio_of(device);

	iio->ops->postdisable(iio->data);
	return 0;
}

int kmod_iio_buffer_setup(struct kmod_iio *iio)
{
	int ret;

	/*
	 * None is longer than 8, or begins behind 8 for each before it, since each length divides 8. So there is room
	 * for all and the time, and for what the kernel adds at the end.
	 */
	iio->scan_size = iio->scans * sizeof(s64);
	iio->scan = kzalloc(iio->scan_size, GFP_KERNEL);
	if (!iio->scan)
		return -ENOMEM;
	mutex_init(&iio->scan_lock);
	if (iio->ops->preenable)
		iio->setup_ops.preenable = preenable;
	if (iio->ops->postdisable)
		iio->setup_ops.postdisable = postdisable;
	ret = iio_triggered_buffer_setup(iio->device, iio_pollfunc_store_time, on_trigger, &iio->setup_ops);
	if (ret)
		kfree(iio->scan);
	return ret;
}

/*
 * iio_device_unregister() would switch it off, too, but forgets device->info right then, which a reader that has just
 * seen it on goes through without a lock, to ask the hardware for more. One that sees it off does not. So it is off
 * first; without its mode it is not switched on again, and who saw it on has gone on when all tasks have.
 */
void kmod_iio_buffer_stop(struct kmod_iio *iio)
{
	struct iio_dev *device = iio->device;

	device->modes &= ~INDIO_BUFFER_TRIGGERED;
	/* Its locks let who switches it on come to an end. What it returns is that of the trigger and of postdisable. */
	iio_update_buffers(device, NULL, device->buffer);
	synchronize_rcu_tasks();
}

void kmod_iio_buffer_cleanup(struct kmod_iio *iio)
{
	/* By this the kernel knows that there may be a trigger to put. */
	iio->device->modes |= INDIO_BUFFER_TRIGGERED;
	iio_triggered_buffer_cleanup(iio->device);
	kfree(iio->scan);
}
