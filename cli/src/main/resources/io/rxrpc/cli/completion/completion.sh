# SPDX-License-Identifier: Apache-2.0
# What follows goes by the words before the one that is typed. It is written so that bash and zsh
# understand it alike: no word is split, no array is indexed.

_rxrpc_item() { # N WORDS: sets item to word N, from 0, or to the last one
  local rest=" $2 " n=$1 next
  item=
  while [ "$rest" != ' ' ]; do
    rest=${rest# }
    next=${rest%% *}
    rest=" ${rest#* }"
    item=$next
    [ "$n" -gt 0 ] || return 0
    n=$((n - 1))
  done
}

# Sets kind to what the next word is: a subverb, the name of an option, or a kind of value; and
# target to the first argument that named one.
_rxrpc_walk() { # WORD...
  local name waiting= place=0 item next
  verb= target= subverbs= options= valued= places=
  _rxrpc_verb ''
  for name in "$@"; do
    if [ -n "$waiting" ]; then
      waiting=
      continue
    fi
    case $name in
      -*=*) ;;
      -*)
        case " $valued " in
          *" $name="*) waiting=$name ;;
        esac
        ;;
      *)
        case " $subverbs " in
          *" $name "*)
            next=${verb:+$verb }$name
            if _rxrpc_verb "$next"; then verb=$next; fi
            ;;
          *)
            _rxrpc_item "$place" "$places"
            if [ "$item" = target ]; then target=$name; fi
            place=$((place + 1))
            ;;
        esac
        ;;
    esac
  done
  if [ -n "$waiting" ]; then
    kind=" $valued "
    kind=${kind#*" $waiting="}
    kind=${kind%% *}
  elif [ -n "$subverbs" ]; then
    kind=subverb
  else
    _rxrpc_item "$place" "$places"
    kind=${item:-nothing}
  fi
}
