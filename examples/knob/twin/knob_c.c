// SPDX-License-Identifier: GPL-2.0-only
/* The same driver in C. */
#include <linux/gpio/consumer.h>
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/leds.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 16, 0)
#define timer_container_of(var, timer, field) from_timer(var, timer, field)
#endif

#define BOUNCES_MS 10

static int changes = 4;

static int changes_set(const char *text, const struct kernel_param *param)
{
	int value, error = kstrtoint(text, 0, &value);

	if (error)
		return error;
	if (value < 1 || value > 4)
		return -EINVAL;
	return param_set_int(text, param);
}

static const struct kernel_param_ops changes_ops = { .set = changes_set, .get = param_get_int };
module_param_cb(changes, &changes_ops, &changes, 0444);
MODULE_PARM_DESC(changes, "Changes of its phases for each click");

struct knob {
	struct gpio_desc *phase[2], *button, *lamp;
	spinlock_t lock;
	int state, turned;
	atomic_t position;
	struct timer_list rest;
	bool chip_debounces;
	struct input_dev *input;
	struct led_classdev led;
};

/* By both phases. */
static const int states[] = { 0, 1, 3, 2 };

static irqreturn_t turned(int irq, void *data)
{
	struct knob *knob = data;
	int now, click = 0;
	unsigned long phase = 0, flags;

	spin_lock_irqsave(&knob->lock, flags);
	if (!gpiod_get_array_value(2, knob->phase, NULL, &phase)) {
		now = states[phase & 3];
		switch ((now - knob->state) & 3) {
		case 1:
			knob->turned++;
			break;
		case 3:
			knob->turned--;
			break;
		}
		knob->state = now;
		click = knob->turned / changes;
		knob->turned %= changes;
	}
	spin_unlock_irqrestore(&knob->lock, flags);
	if (click) {
		atomic_add(click, &knob->position);
		input_report_rel(knob->input, REL_DIAL, click);
		input_sync(knob->input);
	}
	return IRQ_HANDLED;
}

static void report_button(struct knob *knob)
{
	int pressed = gpiod_get_value(knob->button);

	if (pressed < 0)
		return;
	input_report_key(knob->input, KEY_ENTER, pressed);
	input_sync(knob->input);
}

static void rested(struct timer_list *timer)
{
	struct knob *knob = timer_container_of(knob, timer, rest);

	report_button(knob);
}

static irqreturn_t pressed(int irq, void *data)
{
	struct knob *knob = data;

	if (READ_ONCE(knob->chip_debounces))
		report_button(knob);
	else
		mod_timer(&knob->rest, jiffies + msecs_to_jiffies(BOUNCES_MS));
	return IRQ_HANDLED;
}

static int knob_open(struct input_dev *input)
{
	struct knob *knob = input_get_drvdata(input);
	int asked = gpiod_set_debounce(knob->button, BOUNCES_MS * USEC_PER_MSEC);

	WRITE_ONCE(knob->chip_debounces, !asked);
	report_button(knob);
	return 0;
}

static int lamp_set(struct led_classdev *led, enum led_brightness brightness)
{
	struct knob *knob = container_of(led, struct knob, led);

	gpiod_set_value_cansleep(knob->lamp, brightness > 0);
	return 0;
}

static ssize_t position_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct knob *knob = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%d\n", atomic_read(&knob->position));
}

static DEVICE_ATTR_RO(position);

static struct attribute *knob_attrs[] = { &dev_attr_position.attr, NULL };
ATTRIBUTE_GROUPS(knob);

static void end_rest(void *data)
{
	struct knob *knob = data;

	timer_delete_sync(&knob->rest);
}

static int request(struct device *dev, struct knob *knob, struct gpio_desc *desc,
		   irq_handler_t handler, const char *name)
{
	int irq = gpiod_to_irq(desc);

	if (irq < 0)
		return irq;
	return devm_request_irq(dev, irq, handler, IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING,
				name, knob);
}

static int knob_probe(struct platform_device *device)
{
	struct device *dev = &device->dev;
	struct knob *knob;
	int i, error;

	knob = devm_kzalloc(dev, sizeof(*knob), GFP_KERNEL);
	if (!knob)
		return -ENOMEM;
	spin_lock_init(&knob->lock);
	platform_set_drvdata(device, knob);
	for (i = 0; i < 2; i++) {
		knob->phase[i] = devm_gpiod_get_index(dev, "phase", i, GPIOD_IN);
		if (IS_ERR(knob->phase[i]))
			return PTR_ERR(knob->phase[i]);
	}
	knob->button = devm_gpiod_get_optional(dev, "button", GPIOD_IN);
	if (IS_ERR(knob->button))
		return PTR_ERR(knob->button);
	knob->lamp = devm_gpiod_get_optional(dev, "lamp", GPIOD_OUT_LOW);
	if (IS_ERR(knob->lamp))
		return PTR_ERR(knob->lamp);
	timer_setup(&knob->rest, rested, 0);
	knob->input = devm_input_allocate_device(dev);
	if (!knob->input)
		return -ENOMEM;
	knob->input->name = "Knob";
	knob->input->id.bustype = BUS_HOST;
	knob->input->open = knob_open;
	input_set_capability(knob->input, EV_KEY, KEY_ENTER);
	input_set_capability(knob->input, EV_REL, REL_DIAL);
	input_set_drvdata(knob->input, knob);
	error = input_register_device(knob->input);
	if (error)
		return error;
	knob->led.name = "knob0::indicator";
	knob->led.max_brightness = 1;
	knob->led.brightness_set_blocking = lamp_set;
	error = devm_led_classdev_register(dev, &knob->led);
	if (error)
		return error;
	/* It is armed by an interrupt, which goes before it. */
	error = devm_add_action_or_reset(dev, end_rest, knob);
	for (i = 0; i < 2 && !error; i++)
		error = request(dev, knob, knob->phase[i], turned, "phase");
	if (!error && knob->button)
		error = request(dev, knob, knob->button, pressed, "button");
	return error;
}

static const struct of_device_id ids[] = { { .compatible = "kmod,knob" }, {} };
MODULE_DEVICE_TABLE(of, ids);

static struct platform_driver knob_driver = {
	.probe = knob_probe,
	.driver = { .name = "knob_c", .of_match_table = ids, .dev_groups = knob_groups },
};

module_platform_driver(knob_driver);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives a knob with a button and a lamp, in C");
