#compdef rxrpc
# zsh completion for rxrpc; made by: rxrpc completion zsh
# SPDX-License-Identifier: Apache-2.0

# table

_rxrpc_value() { # KIND
  local procedures
  local -a offered
  case $1 in
    words:*) offered=(${(s:,:)1#words:}); compadd -- $offered ;;
    file) _files ;;
    folder) _files -/ ;;
    target)
      if [[ $PREFIX == */* ]]; then
        local host=${PREFIX%/*}/
        compset -P '*/' 2>/dev/null
        offered=(${=_rxrpc_services})
        compadd -- $offered
      else
        _hosts -S / 2>/dev/null
        compadd -S '' -- localhost/
      fi
      ;;
    procedure)
      if [[ $target == */* ]]; then _rxrpc_procedures ${target##*/}; else _rxrpc_procedures ''; fi
      offered=(${=procedures})
      compadd -- $offered
      ;;
    cell) offered=(${(f)"$($rxrpc completion --list cells 2>/dev/null </dev/null)"}); compadd -- $offered ;;
    key) offered=(${(f)"$($rxrpc completion --list keys 2>/dev/null </dev/null)"}); compadd -- $offered ;;
    tunable) offered=(${=_rxrpc_tunables}); compadd -S = -- $offered ;;
  esac
}

_rxrpc() {
  emulate -L zsh
  local verb target subverbs options valued places kind rxrpc=$words[1] current=$words[CURRENT]
  local -a offered
  _rxrpc_walk "${(@)words[2,CURRENT-1]}"
  case $current in
    --*=*)
      local option=${current%%=*}
      if [[ " $valued " == *" $option="* ]]; then
        kind=" $valued "
        kind=${kind#*" $option="}
        compset -P '*=' 2>/dev/null
        _rxrpc_value "${kind%% *}"
      fi
      ;;
    -*) offered=(${=options}); compadd -- $offered ;;
    *)
      case $kind in
        subverb) offered=(${=subverbs}); compadd -- $offered ;;
        *) _rxrpc_value "$kind" ;;
      esac
      ;;
  esac
}

# read as a file of functions it completes at once; sourced it says so to zsh
if [ "$funcstack[1]" = _rxrpc ]; then _rxrpc "$@"; elif (( $+functions[compdef] )); then compdef _rxrpc rxrpc; fi
