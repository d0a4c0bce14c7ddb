# bash completion for rxrpc; made by: rxrpc completion bash
# SPDX-License-Identifier: Apache-2.0

# table

_rxrpc_offer() { # WORDS CURRENT [PREFIX]
  local word
  for word in $1; do
    case $word in
      "$2"*) COMPREPLY+=("$3$word") ;;
    esac
  done
}

_rxrpc_lines() { # CURRENT COMMAND...: each line of what the command prints is one word
  local line current=$1
  shift
  while IFS= read -r line; do
    case $line in
      "$current"*) COMPREPLY+=("$(printf %q "$line")") ;;
    esac
  done < <("$@" 2>/dev/null </dev/null)
}

_rxrpc_value() { # KIND CURRENT
  local procedures
  case $1 in
    words:*) _rxrpc_offer "$(printf '%s' "${1#words:}" | tr , ' ')" "$2" ;;
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$2")
      ;;
    folder)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$2")
      ;;
    target)
      case $2 in
        */*) _rxrpc_offer "$_rxrpc_services" "${2##*/}" "${2%/*}/" ;;
        *)
          compopt -o nospace 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -A hostname -S / -- "$2")
          _rxrpc_offer localhost/ "$2"
          ;;
      esac
      ;;
    procedure)
      case $target in
        */*) _rxrpc_procedures "${target##*/}" ;;
        *) _rxrpc_procedures '' ;;
      esac
      _rxrpc_offer "$procedures" "$2"
      ;;
    cell) _rxrpc_lines "$2" "$rxrpc" completion --list cells ;;
    key) _rxrpc_lines "$2" "$rxrpc" completion --list keys ;;
    tunable)
      compopt -o nospace 2>/dev/null
      _rxrpc_offer "${_rxrpc_tunables// /= }=" "$2"
      ;;
  esac
}

_complete_rxrpc() {
  local verb target subverbs options valued places kind current rxrpc option
  local -a before
  COMPREPLY=()
  if [ -n "${COMP_LINE:-}" ]; then
    # a colon or an equals sign divides words for bash, but not for rxrpc
    read -ra before <<<"${COMP_LINE:0:COMP_POINT}"
    case ${COMP_LINE:0:COMP_POINT} in
      *[[:space:]]) before+=('') ;;
    esac
  else
    before=("${COMP_WORDS[@]:0:COMP_CWORD+1}")
  fi
  rxrpc=${before[0]}
  current=${before[${#before[@]}-1]}
  _rxrpc_walk "${before[@]:1:${#before[@]}-2}"
  case $current in
    --*=*)
      option=${current%%=*}
      case " $valued " in
        *" $option="*)
          kind=" $valued "
          kind=${kind#*" $option="}
          _rxrpc_value "${kind%% *}" "${current#*=}"
          if [ -z "${COMP_LINE:-}" ]; then COMPREPLY=("${COMPREPLY[@]/#/$option=}"); fi
          ;;
      esac
      ;;
    -*) _rxrpc_offer "$options" "$current" ;;
    *)
      case $kind in
        subverb) _rxrpc_offer "$subverbs" "$current" ;;
        *) _rxrpc_value "$kind" "$current" ;;
      esac
      ;;
  esac
  if [ -n "${COMP_LINE:-}" ]; then
    # bash replaces only what stands behind the last divider
    case $current in
      --*=*) current=${current#*=} ;;
    esac
    case $current in
      *[:=]*) local divided=${current%"${current##*[:=]}"}
        COMPREPLY=("${COMPREPLY[@]#"$divided"}") ;;
    esac
  fi
}

complete -F _complete_rxrpc rxrpc ./rxrpc
