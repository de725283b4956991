# Sourced by the scripts that start browsers: Firefox has no device without a sound server.
# shellcheck shell=bash

# A PulseAudio with a null sink for this script and those it starts; ends with it.
start_sound() {
  if pactl info >/dev/null 2>&1; then return 0; fi
  local folder
  folder=$(mktemp -d)
  export PULSE_RUNTIME_PATH=$folder PULSE_STATE_PATH=$folder PULSE_SERVER=unix:$folder/native
  pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --log-level=error \
    -L "module-native-protocol-unix socket=$folder/native auth-anonymous=1" \
    -L "module-null-sink sink_name=tutti rate=48000" &
  # shellcheck disable=SC2064
  trap "kill $!; rm -rf '$folder'" EXIT
  for _ in {1..50}; do
    if pactl info >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  echo "PulseAudio did not start"
}
