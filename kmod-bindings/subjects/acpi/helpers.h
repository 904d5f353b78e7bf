/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_ACPI_H
#define KMOD_ACPI_H

#include <linux/acpi.h>

/* What ACPI knows of a device, or NULL. */
void *kmod_acpi_handle(struct device *device);

static const unsigned int KMOD_ACPI_INTEGER = ACPI_TYPE_INTEGER;
static const unsigned int KMOD_ACPI_STRING = ACPI_TYPE_STRING;
static const unsigned int KMOD_ACPI_BUFFER = ACPI_TYPE_BUFFER;
static const unsigned int KMOD_ACPI_PACKAGE = ACPI_TYPE_PACKAGE;
static const unsigned int KMOD_ACPI_ARGUMENTS = ACPI_METHOD_NUM_ARGS;

/* What an object is. */
struct kmod_acpi_value {
	unsigned int type;
	unsigned int length; /* of a string or buffer, in bytes; of a package, in elements */
	u64 integer;
	const void *start; /* of a string or buffer */
};

bool kmod_acpi_has(void *handle, const char *name);

/*
 * Evaluates an object. "count" is up to KMOD_ACPI_ARGUMENTS. "result" is NULL if nobody wants to know, and what
 * it points to is if there is none; it is freed by kmod_acpi_free().
 */
int kmod_acpi_evaluate(void *handle, const char *name, const struct kmod_acpi_value *arguments,
		       unsigned int count, union acpi_object **result);
/* What becomes of an object that was asked for with such a status: an errno, or 0 and "result", if that is not NULL. */
int kmod_acpi_taken(unsigned int status, void *object, union acpi_object **result);
void kmod_acpi_free(union acpi_object *object);

void kmod_acpi_read(const union acpi_object *object, struct kmod_acpi_value *value);
/* Of a package with as many elements, or more. */
const union acpi_object *kmod_acpi_element(const union acpi_object *package, unsigned int index);

/* Has "handler" called for each Notify() of the device, by a worker. */
int kmod_acpi_notify_install(void *handle, void (*handler)(void *, u32, void *), void *data);
/* Waits for running handlers, too. */
void kmod_acpi_notify_remove(void *handle, void (*handler)(void *, u32, void *));

#endif
