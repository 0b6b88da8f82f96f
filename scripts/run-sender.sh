#!/bin/sh
# Starts a sender on the first journal folder that no other sender of this host uses: run-sender.sh COMMAND [ARG…]
#
# A journal belongs to one sender at a time, and it must outlive the container: it tells what was on the wire when the
# process was killed. So the folders lie on one volume, numbered, and a lock on each is held as long as the process
# lives (the kernel lets go of it, also after kill -9). A replica that is made anew, whatever its host name, takes the
# folder its predecessor left and first settles what stands in it.
set -eu
root="${DATA_DIR:?DATA_DIR is not set}/senders"
mkdir -p "$root"
slot=1
while [ "$slot" -le 256 ]; do
  exec 9>"$root/$slot.lock"
  if flock -n 9; then
    export SENDER_JOURNAL_DIR="$root/$slot"
    exec "$@"
  fi
  slot=$((slot + 1))
done
echo "More than 256 senders use $root. Give this host another volume." >&2
exit 78
