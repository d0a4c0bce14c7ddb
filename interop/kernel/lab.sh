# SPDX-License-Identifier: Apache-2.0
# Settings shared by the scripts beside it (sourced). All can be overridden from the environment.
LAB_HERE=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
RXLAB_WORK=${RXLAB_WORK:-$LAB_HERE/../target/kernel} # packages, sources, built guests, logs
mkdir -p "$RXLAB_WORK" && RXLAB_WORK=$(cd "$RXLAB_WORK" && pwd -P)
RXLAB_MEM=${RXLAB_MEM:-1024}   # MiB a guest
RXLAB_KVER=${RXLAB_KVER:-}     # version of the kernel package; empty: the newest 6.12
RXLAB_BRIDGE=rxlab             # joins the guests' taps
RXLAB_NET4=10.88.78            # .1 is this side
RXLAB_NET6=fd00:88:78:
RXLAB_PORT=7777                # of the agent that runs commands in a guest
