#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# build.sh [install] [fetch] [tools] [initramfs] [uml]: makes the guests from nothing, with the distribution's own packages.
# Without arguments: what is not there yet. Nothing of the fetched kernels is installed.
set -eu
. "$(dirname "$(readlink -f "$0")")/lab.sh"
W=$RXLAB_WORK
mkdir -p "$W"/{deb,kit,bin}

NEEDS="qemu-system-x86:qemu-system-x86_64 busybox-static:busybox gcc:gcc make:make cpio:cpio kmod:modprobe xz-utils:xz
	iproute2:ip bc:bc bison:bison flex:flex nftables:nft"

missing() { # the packages whose programs or headers are not here
	local n
	for n in $NEEDS; do command -v "${n#*:}" >/dev/null || echo "${n%:*}"; done
	[ -e /usr/include/gelf.h ] || echo libelf-dev
	[ -e /usr/include/openssl/opensslv.h ] || echo libssl-dev
	[ -e /usr/include/linux/rxrpc.h ] || echo linux-libc-dev
}
install() {
	local m
	m=$(missing)
	[ -n "$m" ] || return 0
	echo "kernel: installing $(echo $m)"
	export DEBIAN_FRONTEND=noninteractive
	{ apt-get update -q && apt-get install -y -q --no-install-recommends $m; } >"$W/install.log" 2>&1 ||
		{ tail -5 "$W/install.log" >&2; echo "kernel: cannot install$(printf ' %s' $m): see $W/install.log" >&2; return 3; }
}
fetch() {
	cd "$W/deb"
	local v=$RXLAB_KVER
	[ -n "$v" ] || v=$(apt-cache search --names-only '^linux-image-6\.12\.[0-9]+\+deb12-amd64$' |
		sed 's/ .*//; s/^linux-image-//' | sort -V | tail -1)
	[ -n "$v" ] || { echo "kernel: no package linux-image-6.12.*+deb12-amd64 here: Debian 12 with backports or updates has one" >&2; return 3; }
	echo "kernel: Linux $v"
	ls "linux-image-${v}"_*.deb >/dev/null 2>&1 || apt-get download -q "linux-image-$v" >"$W/fetch.log" 2>&1
	ls linux-source-6.12_*.deb >/dev/null 2>&1 || apt-get download -q linux-source-6.12 >>"$W/fetch.log" 2>&1
	rm -rf "$W/img" "$W/src"
	mkdir -p "$W/img" "$W/src"
	dpkg -x "linux-image-${v}"_*.deb "$W/img"
	depmod -b "$W/img" "$v"
	dpkg -x linux-source-6.12_*.deb "$W/src"
	tar -C "$W/src" -xf "$W/src/usr/src/linux-source-6.12.tar.xz"
	cp "$W/img/boot/vmlinuz-$v" "$W/kit/vmlinuz"
	echo "$v" >"$W/kit/kver"
}
tools() {
	local f
	for f in gagent rxcall rxecho; do
		gcc -O2 -Wall -static -pthread -o "$W/bin/$f" "$LAB_HERE/src/$f.c"
	done
}
initramfs() {
	local v M p b T=$W/kit/root
	v=$(cat "$W/kit/kver")
	M=$W/img/lib/modules/$v
	rm -rf "$T"
	mkdir -p "$T/bin" "$T/lib/modules"
	cp "$LAB_HERE/initramfs/init" "$T/init"
	cp "$(command -v busybox)" "$T/bin/busybox"
	cp "$W"/bin/* "$T/bin/"
	ln -sf busybox "$T/bin/sh"
	pack uml
	for m in virtio_net virtio_rng des_generic fcrypt pcbc rxrpc; do
		modprobe -d "$W/img" -S "$v" --show-depends "$m"
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r p; do
		b=$(basename "$p" .xz)
		case $p in *.xz) xz -dc "$p" >"$T/lib/modules/$b" ;; *) cp "$p" "$T/lib/modules/$b" ;; esac
		echo "$b" >>"$T/lib/modules.list"
	done
	pack qemu
}
pack() {
	(cd "$W/kit/root" && find . | cpio -o -H newc --quiet | gzip -1) >"$W/kit/.initramfs"
	mv "$W/kit/.initramfs" "$W/kit/initramfs-$1.gz"
}
uml() {
	cd "$W/src/linux-source-6.12"
	local O=$W/umlbuild r=arch/x86/um/os-Linux/registers.c
	mkdir -p "$O"
	# this version counts two of its call timeouts in ticks but uses them as milliseconds: 1000 ticks a second
	# gives the 20 s (no packet from the peer) and the second (pause inside a request) that are meant
	sed -i '/^config HZ$/,/default/s/default 100$/default 1000/' arch/um/Kconfig
	# a host with AMX has a larger register area than the guest keeps, and takes only the whole of it back:
	# without this edit the guest panics at boot ("ptrace set fp regs failed, errno = 14")
	if grep -qw amx_tile /proc/cpuinfo && ! grep -q put_head_of_xstate $r; then
		cp "$LAB_HERE/xstate.h" "$(dirname $r)/xstate.h"
		sed -i -e '/^#include <registers.h>/a #include "xstate.h"' \
			-e 's/ptrace(PTRACE_SETREGSET, pid, NT_X86_XSTATE, &iov)/put_head_of_xstate(pid, \&iov)/' $r
	fi
	echo "kernel: building a user-mode Linux, some minutes"
	{
		make ARCH=um O="$O" defconfig
		./scripts/kconfig/merge_config.sh -m -O "$O" "$O/.config" "$LAB_HERE/uml.config"
		make ARCH=um O="$O" olddefconfig
		make ARCH=um O="$O" -j"$(nproc)" linux
	} >"$W/umlbuild.log" 2>&1 || { tail -5 "$W/umlbuild.log" >&2; return 3; }
	cp "$O/linux" "$W/kit/linux-uml"
	strip --strip-debug "$W/kit/linux-uml"
}
if [ $# -eq 0 ]; then
	install
	[ -s "$W/kit/kver" ] || fetch
	tools
	initramfs
	[ -s "$W/kit/linux-uml" ] || uml
fi
for t in "$@"; do
	case $t in
	install | fetch | tools | initramfs | uml) $t ;;
	*) sed -n 2,3p "$0" >&2; exit 2 ;;
	esac
done
