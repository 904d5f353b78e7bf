// SPDX-License-Identifier: GPL-2.0-only
#include "device.h"
#include "../../compat/iio.h"

#include <linux/err.h>
#include <linux/iio/events.h>
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

/* The kernel's numbers of ours. */
static const u8 types[] = {
	IIO_VOLTAGE, IIO_CURRENT, IIO_POWER, IIO_ACCEL, IIO_ANGL_VEL, IIO_MAGN, IIO_LIGHT, IIO_INTENSITY,
	IIO_PROXIMITY, IIO_TEMP, IIO_INCLI, IIO_ROT, IIO_ANGL, IIO_CAPACITANCE, IIO_ALTVOLTAGE, IIO_CCT,
	IIO_PRESSURE, IIO_HUMIDITYRELATIVE, IIO_ACTIVITY, IIO_STEPS, IIO_ENERGY, IIO_DISTANCE, IIO_VELOCITY,
	IIO_CONCENTRATION, IIO_RESISTANCE, IIO_PH, IIO_UVINDEX, IIO_ELECTRICALCONDUCTIVITY, IIO_COUNT, IIO_INDEX,
	IIO_GRAVITY, IIO_POSITIONRELATIVE, IIO_PHASE, IIO_MASSCONCENTRATION,
};

static const u8 modifiers[] = {
	IIO_MOD_X, IIO_MOD_Y, IIO_MOD_Z, IIO_MOD_X_AND_Y, IIO_MOD_X_AND_Z, IIO_MOD_Y_AND_Z, IIO_MOD_X_AND_Y_AND_Z,
	IIO_MOD_X_OR_Y, IIO_MOD_X_OR_Z, IIO_MOD_Y_OR_Z, IIO_MOD_X_OR_Y_OR_Z, IIO_MOD_ROOT_SUM_SQUARED_X_Y,
	IIO_MOD_SUM_SQUARED_X_Y_Z, IIO_MOD_ROOT_SUM_SQUARED_X_Y_Z, IIO_MOD_LIGHT_BOTH, IIO_MOD_LIGHT_IR,
	IIO_MOD_LIGHT_CLEAR, IIO_MOD_LIGHT_RED, IIO_MOD_LIGHT_GREEN, IIO_MOD_LIGHT_BLUE, IIO_MOD_LIGHT_UV,
	IIO_MOD_LIGHT_DUV, IIO_MOD_TEMP_AMBIENT, IIO_MOD_TEMP_OBJECT, IIO_MOD_NORTH_MAGN, IIO_MOD_NORTH_TRUE,
	IIO_MOD_NORTH_MAGN_TILT_COMP, IIO_MOD_NORTH_TRUE_TILT_COMP, IIO_MOD_RUNNING, IIO_MOD_JOGGING,
	IIO_MOD_WALKING, IIO_MOD_STILL, IIO_MOD_I, IIO_MOD_Q, IIO_MOD_CO2, IIO_MOD_VOC, IIO_MOD_PM1, IIO_MOD_PM2P5,
	IIO_MOD_PM4, IIO_MOD_PM10, IIO_MOD_ETHANOL, IIO_MOD_H2, IIO_MOD_O2,
};

static const u8 infos[] = {
	IIO_CHAN_INFO_RAW, IIO_CHAN_INFO_PROCESSED, IIO_CHAN_INFO_SCALE, IIO_CHAN_INFO_OFFSET,
	IIO_CHAN_INFO_CALIBSCALE, IIO_CHAN_INFO_CALIBBIAS, IIO_CHAN_INFO_PEAK, IIO_CHAN_INFO_PEAK_SCALE,
	IIO_CHAN_INFO_QUADRATURE_CORRECTION_RAW, IIO_CHAN_INFO_AVERAGE_RAW,
	IIO_CHAN_INFO_LOW_PASS_FILTER_3DB_FREQUENCY, IIO_CHAN_INFO_HIGH_PASS_FILTER_3DB_FREQUENCY,
	IIO_CHAN_INFO_SAMP_FREQ, IIO_CHAN_INFO_FREQUENCY, IIO_CHAN_INFO_PHASE, IIO_CHAN_INFO_HARDWAREGAIN,
	IIO_CHAN_INFO_HYSTERESIS, IIO_CHAN_INFO_INT_TIME, IIO_CHAN_INFO_ENABLE, IIO_CHAN_INFO_CALIBHEIGHT,
	IIO_CHAN_INFO_CALIBWEIGHT, IIO_CHAN_INFO_DEBOUNCE_COUNT, IIO_CHAN_INFO_DEBOUNCE_TIME,
	IIO_CHAN_INFO_CALIBEMISSIVITY, IIO_CHAN_INFO_OVERSAMPLING_RATIO, IIO_CHAN_INFO_THERMOCOUPLE_TYPE,
	IIO_CHAN_INFO_CALIBAMBIENT,
};

/* Of events, all kernels have the same numbers. */
static_assert(IIO_EV_TYPE_CHANGE + 1 == KMOD_IIO_EVENT_TYPES_END);
static_assert(IIO_EV_DIR_NONE + 1 == KMOD_IIO_EVENT_DIRECTIONS_END);
static_assert(IIO_EV_INFO_LOW_PASS_FILTER_3DB + 1 == KMOD_IIO_EVENT_INFOS_END);

static_assert(IIO_CPU == KMOD_IIO_CPU && IIO_BE == KMOD_IIO_BE && IIO_LE == KMOD_IIO_LE);

static_assert(ARRAY_SIZE(types) == KMOD_IIO_TYPES_END);
static_assert(ARRAY_SIZE(modifiers) == KMOD_IIO_MODIFIERS_END);
static_assert(ARRAY_SIZE(infos) == KMOD_IIO_INFOS_END && KMOD_IIO_INFOS_END <= 32);

/* The number of a channel. */
static unsigned int number(const struct kmod_iio *iio, const struct iio_chan_spec *channel)
{
	return channel - iio->channels;
}

/* Our number of the kernel's. Whether there is one. */
static bool ours(long mask, unsigned int *info)
{
	for (*info = 0; *info < ARRAY_SIZE(infos); ++*info)
		if (infos[*info] == mask)
			return true;
	return false;
}

static int read_raw(struct iio_dev *device, const struct iio_chan_spec *channel, int *value, int *second, long mask)
{
	struct kmod_iio *iio = kmod_iio_of(device);
	int values[2] = { 0, 0 };
	unsigned int info;
	int form;

	if (!ours(mask, &info))
		return -EINVAL;
	form = iio->ops->read_raw(iio->data, number(iio, channel), info, values);
	*value = values[0];
	*second = values[1];
	return form;
}

static int write_raw(struct iio_dev *device, const struct iio_chan_spec *channel, int value, int fraction, long mask)
{
	struct kmod_iio *iio = kmod_iio_of(device);
	unsigned int info;

	if (!ours(mask, &info))
		return -EINVAL;
	return iio->ops->write_raw(iio->data, number(iio, channel), info, value, fraction);
}

static int write_raw_get_fmt(struct iio_dev *device, const struct iio_chan_spec *channel, long mask)
{
	struct kmod_iio *iio = kmod_iio_of(device);
	unsigned int info;

	if (!ours(mask, &info))
		return -EINVAL;
	return iio->ops->write_raw_get_fmt(iio->data, number(iio, channel), info);
}

static int read_avail(struct iio_dev *device, const struct iio_chan_spec *channel, const int **values, int *form,
		      int *length, long mask)
{
	struct kmod_iio *iio = kmod_iio_of(device);
	unsigned int info;
	int ret;

	if (!ours(mask, &info))
		return -EINVAL;
	ret = iio->ops->read_avail(iio->data, number(iio, channel), info, values, form, length);
	if (ret < 0)
		return ret;
	return ret ? IIO_AVAIL_RANGE : IIO_AVAIL_LIST;
}

static int read_event_config(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
			     enum iio_event_direction direction)
{
	struct kmod_iio *iio = kmod_iio_of(device);

	return iio->ops->read_event_config(iio->data, number(iio, channel), type, direction);
}

static int write_event_config(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
			      enum iio_event_direction direction, kmod_compat_iio_event_state state)
{
	struct kmod_iio *iio = kmod_iio_of(device);

	return iio->ops->write_event_config(iio->data, number(iio, channel), type, direction, state);
}

static int read_event_value(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
			    enum iio_event_direction direction, enum iio_event_info info, int *value, int *second)
{
	struct kmod_iio *iio = kmod_iio_of(device);
	int values[2] = { 0, 0 };
	int form = iio->ops->read_event_value(iio->data, number(iio, channel), type, direction, info, values);

	*value = values[0];
	*second = values[1];
	return form;
}

static int write_event_value(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
			     enum iio_event_direction direction, enum iio_event_info info, int value, int fraction)
{
	struct kmod_iio *iio = kmod_iio_of(device);

	return iio->ops->write_event_value(iio->data, number(iio, channel), type, direction, info, value, fraction);
}

#ifdef KMOD_COMPAT_IIO_LABELS
static int read_label(struct iio_dev *device, const struct iio_chan_spec *channel, char *to)
{
	struct kmod_iio *iio = kmod_iio_of(device);
	unsigned int place = number(iio, channel);
	/* The time stands behind the plan's channels. */
	const char *label = place < iio->plan->count ? iio->plan->channels[place].label : NULL;

	return label ? sysfs_emit(to, "%s\n", label) : -EINVAL;
}

static bool any_label(const struct kmod_iio_plan *plan)
{
	unsigned int i;

	for (i = 0; i < plan->count; i++)
		if (plan->channels[i].label)
			return true;
	return false;
}
#endif

/* The kernel's bits of ours. */
static unsigned long bits(unsigned int ours)
{
	unsigned long bits = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(infos); i++)
		if (ours >> i & 1)
			bits |= BIT(infos[i]);
	return bits;
}

/* Its place in scans is that among those of the channels that are of any. */
static void describe_scan(struct kmod_iio *iio, struct iio_chan_spec *to, const struct kmod_iio_channel *from)
{
	if (!from->storage_bits) {
		to->scan_index = -1;
		return;
	}
	to->scan_index = iio->scans++;
	to->scan_type.sign = from->sign;
	to->scan_type.realbits = from->real_bits;
	to->scan_type.storagebits = from->storage_bits;
	to->scan_type.shift = from->shift;
	to->scan_type.endianness = from->endianness;
}

/* The time of a scan, which is its last. */
static void describe_time(struct kmod_iio *iio, struct iio_chan_spec *to)
{
	const struct iio_chan_spec time = IIO_CHAN_SOFT_TIMESTAMP(iio->scans++);

	*to = time;
}

static void describe(struct kmod_iio *iio, struct iio_chan_spec *to, const struct kmod_iio_channel *from)
{
	to->type = types[from->type];
	to->channel = from->channel;
	to->address = from->address;
	to->indexed = from->indexed;
	to->output = from->output;
	to->differential = from->differential;
	to->modified = from->modifier != 0;
	if (from->differential)
		to->channel2 = from->channel2;
	else if (from->modifier)
		to->channel2 = modifiers[from->modifier - 1];
	describe_scan(iio, to, from);
	to->info_mask_separate = bits(from->infos[KMOD_IIO_SEPARATE]);
	to->info_mask_shared_by_type = bits(from->infos[KMOD_IIO_BY_TYPE]);
	to->info_mask_shared_by_dir = bits(from->infos[KMOD_IIO_BY_DIR]);
	to->info_mask_shared_by_all = bits(from->infos[KMOD_IIO_BY_ALL]);
	to->info_mask_separate_available = bits(from->available[KMOD_IIO_SEPARATE]);
	to->info_mask_shared_by_type_available = bits(from->available[KMOD_IIO_BY_TYPE]);
	to->info_mask_shared_by_dir_available = bits(from->available[KMOD_IIO_BY_DIR]);
	to->info_mask_shared_by_all_available = bits(from->available[KMOD_IIO_BY_ALL]);
}

static void describe_event(struct iio_event_spec *to, const struct kmod_iio_event *from)
{
	to->type = from->type;
	to->dir = from->direction;
	to->mask_separate = from->infos[KMOD_IIO_SEPARATE];
	to->mask_shared_by_type = from->infos[KMOD_IIO_BY_TYPE];
	to->mask_shared_by_dir = from->infos[KMOD_IIO_BY_DIR];
	to->mask_shared_by_all = from->infos[KMOD_IIO_BY_ALL];
}

/* With the time. */
static unsigned int channels_of(const struct kmod_iio_plan *plan)
{
	return plan->count + plan->timestamp;
}

/* They lie behind the channels. */
static void describe_events(struct kmod_iio *iio)
{
	const struct kmod_iio_plan *plan = iio->plan;
	struct iio_event_spec *specs = (void *)iio + struct_size(iio, channels, channels_of(plan));
	unsigned int i;

	for (i = 0; i < plan->events_count; i++) {
		struct iio_chan_spec *channel = &iio->channels[plan->events[i].channel];

		describe_event(&specs[i], &plan->events[i]);
		if (!channel->num_event_specs++)
			channel->event_spec = &specs[i];
	}
	if (!plan->events_count)
		return;
	iio->info.read_event_config = read_event_config;
	iio->info.write_event_config = write_event_config;
	iio->info.read_event_value = read_event_value;
	iio->info.write_event_value = write_event_value;
}

struct kmod_iio *kmod_iio_make(struct device *parent, const struct kmod_iio_plan *plan,
			       const struct kmod_iio_ops *ops, void *data)
{
	struct kmod_iio *iio;
	size_t events = array_size(plan->events_count, sizeof(struct iio_event_spec));
	struct iio_dev *device = iio_device_alloc(parent, struct_size(iio, channels, channels_of(plan)) + events);
	unsigned int i;
	int ret;

	if (!device)
		return ERR_PTR(-ENOMEM);
	iio = kmod_iio_of(device);
	iio->device = device;
	iio->plan = plan;
	iio->ops = ops;
	iio->data = data;
	for (i = 0; i < plan->count; i++)
		describe(iio, &iio->channels[i], &plan->channels[i]);
	if (plan->timestamp)
		describe_time(iio, &iio->channels[i]);
	describe_events(iio);
	iio->info.read_raw = read_raw;
	if (ops->write_raw)
		iio->info.write_raw = write_raw;
	if (ops->write_raw_get_fmt)
		iio->info.write_raw_get_fmt = write_raw_get_fmt;
	if (ops->read_avail)
		iio->info.read_avail = read_avail;
#ifdef KMOD_COMPAT_IIO_LABELS
	if (any_label(plan))
		iio->info.read_label = read_label;
#endif
	device->name = plan->name;
	device->info = &iio->info;
	device->modes = INDIO_DIRECT_MODE;
	device->channels = iio->channels;
	device->num_channels = channels_of(plan);
	if (plan->buffer_setup) {
		ret = plan->buffer_setup(iio);
		if (ret)
			goto free;
	}
	ret = iio_device_register(device);
	if (ret)
		goto cleanup;
	return iio;
cleanup:
	if (plan->buffer_cleanup)
		plan->buffer_cleanup(iio);
free:
	iio_device_free(device);
	return ERR_PTR(ret);
}

void kmod_iio_end(struct kmod_iio *iio)
{
	struct iio_dev *device = iio->device;

	if (iio->plan->buffer_stop)
		iio->plan->buffer_stop(iio);
	iio_device_unregister(device);
	if (iio->plan->buffer_cleanup)
		iio->plan->buffer_cleanup(iio);
	iio_device_free(device);
}

void kmod_iio_events_open(struct kmod_iio_events *events, struct kmod_iio *iio)
{
	events->iio = iio;
	kmod_class_gate_open(&events->gate);
}

void kmod_iio_events_shut(struct kmod_iio_events *events)
{
	kmod_class_gate_shut(&events->gate);
}

/* As IIO_EVENT_CODE_EXTRACT_* take it apart. The kernel's macros differ, and old ones extend a sign. */
static u64 code(const struct iio_chan_spec *channel, const struct kmod_iio_event *event)
{
	u64 code = (u64)event->type << 56 | (u64)event->direction << 48 | (u64)channel->type << 32;

	if (channel->differential)
		code |= BIT_ULL(55) | (u64)(u16)channel->channel2 << 16;
	else if (channel->modified)
		code |= (u64)(channel->channel2 & 0xff) << 40;
	return code | (u16)channel->channel;
}

static bool push(struct kmod_iio *iio, unsigned int address, unsigned int type, unsigned int direction)
{
	const struct kmod_iio_plan *plan = iio->plan;
	unsigned int i;

	for (i = 0; i < plan->events_count; i++) {
		const struct kmod_iio_event *event = &plan->events[i];

		if (plan->channels[event->channel].address == address && event->type == type &&
		    event->direction == direction) {
			iio_push_event(iio->device, code(&iio->channels[event->channel], event),
				       iio_get_time_ns(iio->device));
			return true;
		}
	}
	return false;
}

bool kmod_iio_push_event(struct kmod_iio_events *events, unsigned int address, unsigned int type,
			 unsigned int direction)
{
	bool known = false;

	/* The gate's lock has one tell of events at a time, as the kernel asks for. */
	kmod_class_gate_pass(&events->gate, known = push(events->iio, address, type, direction));
	return known;
}
