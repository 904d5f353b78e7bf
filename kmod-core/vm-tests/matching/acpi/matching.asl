// SPDX-License-Identifier: GPL-2.0-only
/* Devices that drivers are found for by their ids, and by what they say that they are compatible with. */
DefinitionBlock ("", "SSDT", 2, "KMOD", "MATCHING", 1)
{
    Scope (\_SB)
    {
        Device (MAT0)
        {
            Name (_HID, "KMOD0A01")
        }

        // The second of its ids is one.
        Device (MAT1)
        {
            Name (_HID, "KMOD0A0F")
            Name (_CID, Package () { "KMOD0A0E", "KMOD0A02" })
        }

        // As in a device tree: of the driver that has ids of all kinds.
        Device (MAT2)
        {
            Name (_HID, "PRP0001")
            Name (_UID, 0)
            Name (_DSD, Package () {
                ToUUID ("daffd814-6eba-4d8c-8a91-bc9bbf4aa301"),
                Package () { Package () { "compatible", "kmod,all" } } })
        }

        // The first that somebody knows counts, whatever the order of the driver's table.
        Device (MAT3)
        {
            Name (_HID, "PRP0001")
            Name (_UID, 1)
            Name (_DSD, Package () {
                ToUUID ("daffd814-6eba-4d8c-8a91-bc9bbf4aa301"),
                Package () { Package () { "compatible",
                    Package () { "kmod,nobody", "kmod,special", "kmod,common" } } } })
        }

        Device (MAT4)
        {
            Name (_HID, "KMOD0A03")
        }
    }
}
