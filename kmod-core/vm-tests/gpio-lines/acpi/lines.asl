// SPDX-License-Identifier: GPL-2.0-only
/* A chip of lines, and boards whose lines firmware tells of. */
DefinitionBlock ("", "SSDT", 2, "KMOD", "LINES", 1)
{
    Scope (\_SB)
    {
        Device (GPC0)
        {
            Name (_HID, "KMOD0C01")
        }

        // Its lines have names. What _CRS says of a line goes to the chip.
        Device (GBD0)
        {
            Name (_HID, "KMOD0C02")
            Name (_CRS, ResourceTemplate ()
            {
                GpioIo (Exclusive, PullUp, 0, 0, IoRestrictionNone, "\\_SB.GPC0", 0, ResourceConsumer) { 0 }
                GpioIo (Exclusive, PullNone, 0, 0, IoRestrictionNone, "\\_SB.GPC0", 0, ResourceConsumer) { 1, 2, 3, 4 }
                GpioIo (Exclusive, PullDown, 0, 0, IoRestrictionNone, "\\_SB.GPC0", 0, ResourceConsumer) { 5 }
                GpioIo (Exclusive, PullNone, 0, 0, IoRestrictionNone, "\\_SB.GPC0", 0, ResourceConsumer) { 6 }
            })
            Name (_DSD, Package () {
                ToUUID ("daffd814-6eba-4d8c-8a91-bc9bbf4aa301"),
                Package () {
                    Package () { "data-gpios", Package () { ^GBD0, 0, 0, 0 } },
                    // The third is active when it is low.
                    Package () { "bus-gpios", Package () {
                        ^GBD0, 1, 0, 0, ^GBD0, 1, 1, 0, ^GBD0, 1, 2, 1, ^GBD0, 1, 3, 0 } },
                    Package () { "back-gpios", Package () { ^GBD0, 2, 0, 1 } },
                    // Of an array of three the first.
                    Package () { "some-gpios", Package () { ^GBD0, 3, 0, 0 } } } })
        }

        // They have none.
        Device (GBD1)
        {
            Name (_HID, "KMOD0C03")
            Name (_CRS, ResourceTemplate ()
            {
                GpioIo (Exclusive, PullNone, 0, 0, IoRestrictionNone, "\\_SB.GPC0", 0, ResourceConsumer) { 7 }
                GpioIo (Exclusive, PullNone, 0, 0, IoRestrictionNone, "\\_SB.GPC0", 0, ResourceConsumer) { 8 }
            })
        }
    }
}
