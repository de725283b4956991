// One sender, one network, one receiver: two whole engines in virtual time.
//
// Packet k holds frames 128 k ... 128 k + 127 of the input and is sent at k * 8/3 ms; time 0 is
// the first packet's. The receiver renders quantum after quantum; its clock runs drift_ppm slower
// than the sender's. A packet reaches the engine at the first quantum that begins at or after its
// arrival, stamped with the arrival's time, as in a browser. Deterministic but for fit_us.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "scenario.h"
#include "wav.h"

namespace tutti::sim {

enum class PacketState : uint8_t { kPlayed, kLate, kLost };

struct PacketFate {
  double send_ms = 0.0;
  double arrival_ms = std::numeric_limits<double>::quiet_NaN();  // NaN: lost
  // When its first frame was, or would have been, rendered.
  double playout_ms = std::numeric_limits<double>::quiet_NaN();
  PacketState state = PacketState::kLost;
};

struct Result {
  std::vector<PacketFate> packets;
  Wav output;
  playout::StreamStats stats;
  // Offset of the output to the input, frames, at the end.
  double output_delay_frames = 0.0;
  // Of render() calls in which a concealment's model was fitted, us of this machine's time.
  std::vector<double> fit_us;
  // At the end of each quantum.
  std::vector<double> target_ms;
  std::vector<double> delay_ms;
  std::vector<double> ratio_ppm;
  double drift_ppm = 0.0;  // as the receiver measured it
};

Result simulate(const Scenario& scenario, const Wav& input);

}  // namespace tutti::sim
