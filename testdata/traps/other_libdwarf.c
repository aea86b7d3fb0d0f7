/* SPDX-License-Identifier: MIT */
/* Preloaded, it makes libdwarf look like a release with another interface. */
const char *dwarf_package_version(void);

const char *dwarf_package_version(void)
{
	return PACKAGE_VERSION;
}
