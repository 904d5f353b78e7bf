// SPDX-License-Identifier: GPL-2.0-only
/*
 * A display's brightness, by the methods of appendix B of the ACPI specification (_BCL, _BCM, _BQC). Tests have no
 * finger: method TEST presses a key, or has the firmware lie.
 */
DefinitionBlock ("", "SSDT", 2, "KMOD", "LANTERN", 1)
{
    Scope (\_SB)
    {
        Device (LANT)
        {
            Name (_HID, "KMOD0B19")
            Name (_UID, 0)
            Name (NOW, 60)
            // How firmware goes wrong: 1 it does not know how bright it is, 2 it says so by a package
            Name (LIES, 0)
            Name (PACK, Package () { 60 })

            // With the charger, on battery, and then all that there are, in percent
            Method (_BCL) { Return (Package () { 100, 40, 5, 20, 40, 60, 80, 100 }) }
            Method (_BCM, 1) { NOW = Arg0 }
            Method (_BQC)
            {
                If (LIES == 1) { Return (DerefOf (Index (Package () { 1 }, 5))) }
                If (LIES == 2) { Return (PACK) }
                Return (NOW)
            }

            Method (TEST, 1)
            {
                If (Arg0 < 10) { LIES = Arg0 }
                Else { Notify (LANT, Arg0) }
            }
        }

        // This one has no levels.
        Device (LAN1)
        {
            Name (_HID, "KMOD0B19")
            Name (_UID, 1)
            Method (_BCL) { Return (Package () { 100, 40 }) }
            Method (_BCM, 1) {}
        }
    }
}
