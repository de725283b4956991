// Everything that one run of tutti-sim is told: by its options, and by a scenario file (JSON) whose
// keys are the options' names without the dashes, and "network": a list of impairments.
//
//   {"input": "in.wav", "report": "r.json", "delay": "auto", "network": [
//     {"kind": "delay", "ms": 10},
//     {"kind": "gilbert-elliott", "loss_percent": 2, "mean_burst": 3},
//     {"kind": "gamma", "mean_ms": 4, "shape": 2, "correlation": 0.5},
//     {"kind": "wifi", "every_s": 10, "stall_ms": 80},
//     {"kind": "route", "at_s": 20, "by_ms": 30},
//     {"kind": "outage", "at_s": 40, "seconds": 2, "queued": true}]}
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include "network.h"
#include "playout/stream.h"

namespace tutti::sim {

// Its message says what is wrong and what would be right.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Scenario {
  std::string input;
  std::string output;
  std::string report;
  std::string packets;
  std::string trace;
  std::string loss;
  playout::DelayMode delay_mode = playout::DelayMode::kAuto;
  double delay_ms = 0.0;
  // Percent of late packets that are worth 10 ms of delay. The delay that is chosen misses about
  // so many where the slow packets' delays fall off exponentially by 10 ms.
  double budget_percent = 1.0;
  playout::Concealment conceal = playout::Concealment::kAutoregressive;
  double drift_ppm = 0.0;  // how much faster the sender's clock runs than the receiver's
  uint32_t bits = 16;
  uint32_t redundancy = 1;
  uint32_t quantum = 128;
  uint64_t seed = 1;
  Network network;
};

// Throws UsageError, or std::runtime_error for a file that cannot be read.
Scenario scenario_from(int argc, const char* const* argv);

std::string usage();

}  // namespace tutti::sim
