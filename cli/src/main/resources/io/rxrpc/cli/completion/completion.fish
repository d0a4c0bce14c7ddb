# fish completion for rxrpc; made by: rxrpc completion fish
# SPDX-License-Identifier: Apache-2.0

# The arguments before the one that is typed, without options and their values.
function __rxrpc_arguments
  set -l waiting 0
  for word in (commandline -opc)[2..-1]
    if test $waiting = 1
      set waiting 0
    else if contains -- $word $__rxrpc_valued
      set waiting 1
    else if not string match -q -- '-*' $word
      echo $word
    end
  end
end

# The verb and its subverb.
function __rxrpc_path
  set -l path ''
  for word in (__rxrpc_arguments)
    set -l next (string trim -- "$path $word")
    if not contains -- $next $__rxrpc_verbs
      break
    end
    set path $next
  end
  echo $path
end

function __rxrpc_at # PATH
  test (__rxrpc_path) = "$argv[1]"
end

# Whether argument N, from 0, of the verb is next.
function __rxrpc_place # PATH N
  __rxrpc_at $argv[1]; or return 1
  set -l verb (string split -n ' ' -- $argv[1])
  set -l arguments (__rxrpc_arguments)
  test (math (count $arguments) - (count $verb)) -eq $argv[2]
end

function __rxrpc_targets
  set -l current (commandline -ct)
  if string match -q -- '*/*' $current
    set -l host (string replace -r '/[^/]*$' '/' -- $current)
    printf '%s\n' $host$__rxrpc_services
  else
    printf '%s/\n' localhost (__fish_print_hostnames)
  end
end

function __rxrpc_procedures
  for word in (__rxrpc_arguments)
    if string match -q -- '*/*' $word
      __rxrpc_procedures_of (string replace -r '.*/' '' -- $word)
    end
  end
end

function __rxrpc_cells
  set -l program (commandline -opc)[1]
  $program completion --list cells 2>/dev/null </dev/null
end

function __rxrpc_keys
  set -l program (commandline -opc)[1]
  $program completion --list keys 2>/dev/null </dev/null
end

function __rxrpc_tunables
  printf '%s=\n' $__rxrpc_tunables
end

function __rxrpc_folders
  __fish_complete_directories (commandline -ct)
end

complete -c rxrpc -f

# table
