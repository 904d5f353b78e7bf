/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_DMI_H
#define KMOD_DMI_H

#include <linux/dmi.h>

static const unsigned int KMOD_DMI_BIOS_VENDOR = DMI_BIOS_VENDOR;
static const unsigned int KMOD_DMI_BIOS_VERSION = DMI_BIOS_VERSION;
static const unsigned int KMOD_DMI_BIOS_DATE = DMI_BIOS_DATE;
static const unsigned int KMOD_DMI_BIOS_RELEASE = DMI_BIOS_RELEASE;
static const unsigned int KMOD_DMI_EC_FIRMWARE_RELEASE = DMI_EC_FIRMWARE_RELEASE;
static const unsigned int KMOD_DMI_SYS_VENDOR = DMI_SYS_VENDOR;
static const unsigned int KMOD_DMI_PRODUCT_NAME = DMI_PRODUCT_NAME;
static const unsigned int KMOD_DMI_PRODUCT_VERSION = DMI_PRODUCT_VERSION;
static const unsigned int KMOD_DMI_PRODUCT_SERIAL = DMI_PRODUCT_SERIAL;
static const unsigned int KMOD_DMI_PRODUCT_UUID = DMI_PRODUCT_UUID;
static const unsigned int KMOD_DMI_PRODUCT_SKU = DMI_PRODUCT_SKU;
static const unsigned int KMOD_DMI_PRODUCT_FAMILY = DMI_PRODUCT_FAMILY;
static const unsigned int KMOD_DMI_BOARD_VENDOR = DMI_BOARD_VENDOR;
static const unsigned int KMOD_DMI_BOARD_NAME = DMI_BOARD_NAME;
static const unsigned int KMOD_DMI_BOARD_VERSION = DMI_BOARD_VERSION;
static const unsigned int KMOD_DMI_BOARD_SERIAL = DMI_BOARD_SERIAL;
static const unsigned int KMOD_DMI_BOARD_ASSET_TAG = DMI_BOARD_ASSET_TAG;
static const unsigned int KMOD_DMI_CHASSIS_VENDOR = DMI_CHASSIS_VENDOR;
static const unsigned int KMOD_DMI_CHASSIS_TYPE = DMI_CHASSIS_TYPE;
static const unsigned int KMOD_DMI_CHASSIS_VERSION = DMI_CHASSIS_VERSION;
static const unsigned int KMOD_DMI_CHASSIS_SERIAL = DMI_CHASSIS_SERIAL;
static const unsigned int KMOD_DMI_CHASSIS_ASSET_TAG = DMI_CHASSIS_ASSET_TAG;

/* How a row of a table of machines lies in memory. */
static const size_t KMOD_DMI_MATCHES_AT = offsetof(struct dmi_system_id, matches);
static const size_t KMOD_DMI_MATCHES = sizeof(((struct dmi_system_id *)NULL)->matches);
static const size_t KMOD_DMI_TEXT_AT = offsetof(struct dmi_strmatch, substr);
static const size_t KMOD_DMI_TEXT = sizeof(((struct dmi_strmatch *)NULL)->substr);

/* A string that stays, or NULL. "field" is one of those above. */
const char *kmod_dmi_get(unsigned int field);

/* The first row that fits, or NULL. A row of zeroes ends them. */
const struct dmi_system_id *kmod_dmi_first_match(const struct dmi_system_id *rows);

#endif
