// SPDX-License-Identifier: GPL-2.0-only
/* A battery by the methods of firmware, in C. */
#include <linux/acpi.h>
#include <linux/idr.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/power_supply.h>
#include <linux/slab.h>
#include <linux/version.h>

enum { UNIT, FULL_DESIGN, FULL, VOLTAGE_DESIGN = 4 };
enum { STATE, POWER, LEFT, VOLTAGE };

#define UNKNOWN 0xffffffff

struct battery {
	acpi_handle handle;
	struct power_supply *supply;
	struct power_supply_desc desc;
	char name[16];
	int index;
	int full_design;
	int full;
	int voltage_design;
};

static DEFINE_IDA(indices);

static int errno_of(acpi_status status)
{
	switch (status) {
	case AE_OK:
		return 0;
	case AE_NOT_FOUND:
		return -ENOENT;
	case AE_NO_MEMORY:
		return -ENOMEM;
	case AE_TYPE:
	case AE_AML_OPERAND_TYPE:
		return -EPROTO;
	}
	return -EIO;
}

/* What a method without arguments returns, which is to be a package. */
static int package_of(acpi_handle handle, char *method, union acpi_object **package)
{
	struct acpi_buffer out = { ACPI_ALLOCATE_BUFFER, NULL };
	int error = errno_of(acpi_evaluate_object(handle, method, NULL, &out));

	if (error)
		return error;
	*package = out.pointer;
	if (!*package)
		return -ENODATA;
	if ((*package)->type == ACPI_TYPE_PACKAGE)
		return 0;
	kfree(*package);
	return -EPROTO;
}

static int number(const union acpi_object *package, int at, u64 *value)
{
	if (at >= package->package.count ||
	    package->package.elements[at].type != ACPI_TYPE_INTEGER)
		return -EPROTO;
	*value = package->package.elements[at].integer.value;
	return 0;
}

/* A number of a package, of thousandths, in millionths. */
static int micro(const union acpi_object *package, int at, int *value)
{
	u64 thousandths;
	int error = number(package, at, &thousandths);

	if (error)
		return error;
	if (thousandths == UNKNOWN)
		return -ENODATA;
	if (thousandths > INT_MAX / 1000)
		return -EPROTO;
	*value = thousandths * 1000;
	return 0;
}

/* A number of _BST. */
static int state_of(const struct battery *battery, int at, int *value)
{
	union acpi_object *state;
	int error = package_of(battery->handle, "_BST", &state);

	if (error)
		return error;
	error = micro(state, at, value);
	kfree(state);
	return error;
}

static int status_of(const struct battery *battery, int *value)
{
	union acpi_object *state;
	u64 bits;
	int left, error = package_of(battery->handle, "_BST", &state);

	if (error)
		return error;
	error = number(state, STATE, &bits);
	kfree(state);
	if (error)
		return error;
	switch (bits & 3) {
	case 0:
		error = state_of(battery, LEFT, &left);
		*value = left >= battery->full ? POWER_SUPPLY_STATUS_FULL :
						 POWER_SUPPLY_STATUS_NOT_CHARGING;
		return error;
	case 1:
		*value = POWER_SUPPLY_STATUS_DISCHARGING;
		return 0;
	case 2:
		*value = POWER_SUPPLY_STATUS_CHARGING;
		return 0;
	}
	*value = POWER_SUPPLY_STATUS_UNKNOWN;
	return 0;
}

/* Asks for the threshold, or sets it to what is not 0. */
static int threshold(const struct battery *battery, u64 percent, int *value)
{
	union acpi_object argument = { .integer = { ACPI_TYPE_INTEGER, percent } };
	struct acpi_object_list arguments = { 1, &argument };
	unsigned long long answer = 0;
	acpi_status status;

	status = acpi_evaluate_integer(battery->handle, "CTHR", &arguments, &answer);
	if (ACPI_FAILURE(status))
		return status == AE_BAD_DATA ? -EPROTO : errno_of(status);
	if (answer > INT_MAX)
		return -EPROTO;
	*value = answer;
	return 0;
}

static int battery_get(struct power_supply *supply, enum power_supply_property property,
		       union power_supply_propval *value)
{
	const struct battery *battery = power_supply_get_drvdata(supply);
	int left, error;

	switch (property) {
	case POWER_SUPPLY_PROP_STATUS:
		return status_of(battery, &value->intval);
	case POWER_SUPPLY_PROP_PRESENT:
		value->intval = 1;
		return 0;
	case POWER_SUPPLY_PROP_TECHNOLOGY:
		value->intval = POWER_SUPPLY_TECHNOLOGY_LION;
		return 0;
	case POWER_SUPPLY_PROP_ENERGY_FULL_DESIGN:
		value->intval = battery->full_design;
		return 0;
	case POWER_SUPPLY_PROP_ENERGY_FULL:
		value->intval = battery->full;
		return 0;
	case POWER_SUPPLY_PROP_ENERGY_NOW:
		return state_of(battery, LEFT, &value->intval);
	case POWER_SUPPLY_PROP_POWER_NOW:
		return state_of(battery, POWER, &value->intval);
	case POWER_SUPPLY_PROP_VOLTAGE_MIN_DESIGN:
		value->intval = battery->voltage_design;
		return 0;
	case POWER_SUPPLY_PROP_VOLTAGE_NOW:
		return state_of(battery, VOLTAGE, &value->intval);
	case POWER_SUPPLY_PROP_CAPACITY:
		error = state_of(battery, LEFT, &left);
		if (error)
			return error;
		if (!battery->full)
			return -ENODATA;
		value->intval = min(100LL, left * 100LL / battery->full);
		return 0;
	case POWER_SUPPLY_PROP_CHARGE_CONTROL_END_THRESHOLD:
		return threshold(battery, 0, &value->intval);
	default:
		return -EINVAL;
	}
}

static int battery_set(struct power_supply *supply, enum power_supply_property property,
		       const union power_supply_propval *value)
{
	int now;

	if (value->intval < 1 || value->intval > 100)
		return -EINVAL;
	return threshold(power_supply_get_drvdata(supply), value->intval, &now);
}

static int battery_is_writeable(struct power_supply *supply, enum power_supply_property property)
{
	return property == POWER_SUPPLY_PROP_CHARGE_CONTROL_END_THRESHOLD;
}

static const enum power_supply_property properties[] = {
	POWER_SUPPLY_PROP_STATUS,
	POWER_SUPPLY_PROP_PRESENT,
	POWER_SUPPLY_PROP_TECHNOLOGY,
	POWER_SUPPLY_PROP_CAPACITY,
	POWER_SUPPLY_PROP_ENERGY_FULL_DESIGN,
	POWER_SUPPLY_PROP_ENERGY_FULL,
	POWER_SUPPLY_PROP_ENERGY_NOW,
	POWER_SUPPLY_PROP_POWER_NOW,
	POWER_SUPPLY_PROP_VOLTAGE_MIN_DESIGN,
	POWER_SUPPLY_PROP_VOLTAGE_NOW,
	POWER_SUPPLY_PROP_CHARGE_CONTROL_END_THRESHOLD,
};

static void battery_notified(acpi_handle handle, u32 event, void *context)
{
	struct battery *battery = context;

	if (event == 0x80 || event == 0x81)
		power_supply_changed(battery->supply);
	else
		pr_info("cell_c: a battery tells of %#x\n", event);
}

static int battery_probe(struct platform_device *device)
{
	struct power_supply_config config = {};
	union acpi_object *information;
	struct battery *battery;
	u64 unit;
	int error;

	battery = kzalloc(sizeof(*battery), GFP_KERNEL);
	if (!battery)
		return -ENOMEM;
	battery->handle = ACPI_HANDLE(&device->dev);
	error = package_of(battery->handle, "_BIF", &information);
	if (error)
		goto free;
	error = number(information, UNIT, &unit);
	if (!error && unit) {
		dev_info(&device->dev, "a battery that counts its charge is for another driver\n");
		error = -ENODEV;
	}
	error = error ?: micro(information, FULL_DESIGN, &battery->full_design);
	error = error ?: micro(information, FULL, &battery->full);
	error = error ?: micro(information, VOLTAGE_DESIGN, &battery->voltage_design);
	kfree(information);
	if (error)
		goto free;
	battery->index = ida_alloc(&indices, GFP_KERNEL);
	if (battery->index < 0) {
		error = battery->index;
		goto free;
	}
	snprintf(battery->name, sizeof(battery->name), "cell_c%d", battery->index);
	battery->desc.name = battery->name;
	battery->desc.type = POWER_SUPPLY_TYPE_BATTERY;
	battery->desc.properties = properties;
	battery->desc.num_properties = ARRAY_SIZE(properties);
	battery->desc.get_property = battery_get;
	battery->desc.set_property = battery_set;
	battery->desc.property_is_writeable = battery_is_writeable;
	config.drv_data = battery;
	battery->supply = power_supply_register(&device->dev, &battery->desc, &config);
	if (IS_ERR(battery->supply)) {
		error = PTR_ERR(battery->supply);
		goto index;
	}
	error = errno_of(acpi_install_notify_handler(battery->handle, ACPI_ALL_NOTIFY,
						     battery_notified, battery));
	if (error)
		goto supply;
	platform_set_drvdata(device, battery);
	return 0;
supply:
	power_supply_unregister(battery->supply);
index:
	ida_free(&indices, battery->index);
free:
	kfree(battery);
	return error;
}

static void battery_gone(struct platform_device *device)
{
	struct battery *battery = platform_get_drvdata(device);

	acpi_remove_notify_handler(battery->handle, ACPI_ALL_NOTIFY, battery_notified);
	power_supply_unregister(battery->supply);
	ida_free(&indices, battery->index);
	kfree(battery);
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
static int battery_remove(struct platform_device *device)
{
	battery_gone(device);
	return 0;
}
#else
static void battery_remove(struct platform_device *device)
{
	battery_gone(device);
}
#endif

static const struct acpi_device_id battery_ids[] = {
	{ "KMOD0BA7" },
	{}
};
MODULE_DEVICE_TABLE(acpi, battery_ids);

static struct platform_driver battery_driver = {
	.driver = {
		.name = "cell_c",
		.acpi_match_table = battery_ids,
	},
	.probe = battery_probe,
	.remove = battery_remove,
};
module_platform_driver(battery_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives a battery by the methods of firmware, in C");
