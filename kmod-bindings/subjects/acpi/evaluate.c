// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

void *kmod_acpi_handle(struct device *device)
{
	return ACPI_HANDLE(device);
}

static int to_errno(acpi_status status)
{
	switch (status) {
	case AE_OK:
		return 0;
	case AE_NOT_FOUND:
	case AE_NOT_EXIST:
	case AE_AML_NAME_NOT_FOUND:
		return -ENOENT;
	case AE_TYPE:
	case AE_AML_OPERAND_TYPE:
		return -EPROTO;
	case AE_BAD_PARAMETER:
	case AE_BAD_PATHNAME:
	case AE_BAD_CHARACTER:
		return -EINVAL;
	case AE_NO_MEMORY:
		return -ENOMEM;
	case AE_ALREADY_EXISTS:
		return -EEXIST;
	case AE_SUPPORT:
	case AE_NOT_IMPLEMENTED:
		return -EOPNOTSUPP;
	case AE_TIME:
	case AE_AML_LOOP_TIMEOUT:
		return -ETIMEDOUT;
	}
	return -EIO;
}

int kmod_acpi_taken(unsigned int status, void *object, union acpi_object **result)
{
	if (ACPI_FAILURE(status)) {
		ACPI_FREE(object);
		return to_errno(status);
	}
	if (result)
		*result = object;
	return 0;
}

bool kmod_acpi_has(void *handle, const char *name)
{
	return acpi_has_method(handle, (char *)name);
}

static void argument(union acpi_object *to, const struct kmod_acpi_value *from)
{
	to->type = from->type;
	switch (from->type) {
	case ACPI_TYPE_INTEGER:
		to->integer.value = from->integer;
		break;
	case ACPI_TYPE_STRING:
		to->string.length = from->length;
		to->string.pointer = (char *)from->start;
		break;
	default:
		to->buffer.length = from->length;
		to->buffer.pointer = (u8 *)from->start;
	}
}

int kmod_acpi_evaluate(void *handle, const char *name, const struct kmod_acpi_value *arguments,
		       unsigned int count, union acpi_object **result)
{
	struct acpi_buffer buffer = { ACPI_ALLOCATE_BUFFER, NULL };
	union acpi_object objects[ACPI_METHOD_NUM_ARGS];
	struct acpi_object_list list = { count, objects };
	acpi_status status;
	unsigned int i;

	for (i = 0; i < count; i++)
		argument(&objects[i], &arguments[i]);
	status = acpi_evaluate_object(handle, (char *)name, &list, result ? &buffer : NULL);
	return kmod_acpi_taken(status, buffer.pointer, result);
}

void kmod_acpi_free(union acpi_object *object)
{
	ACPI_FREE(object);
}

void kmod_acpi_read(const union acpi_object *object, struct kmod_acpi_value *value)
{
	value->type = object->type;
	switch (object->type) {
	case ACPI_TYPE_INTEGER:
		value->integer = object->integer.value;
		break;
	case ACPI_TYPE_STRING:
		value->length = object->string.length;
		value->start = object->string.pointer;
		break;
	case ACPI_TYPE_BUFFER:
		value->length = object->buffer.length;
		value->start = object->buffer.pointer;
		break;
	case ACPI_TYPE_PACKAGE:
		value->length = object->package.count;
		break;
	}
}

const union acpi_object *kmod_acpi_element(const union acpi_object *package, unsigned int index)
{
	return &package->package.elements[index];
}
