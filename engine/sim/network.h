// What a simulated network does to each packet: a chain of impairments, each of which adds delay
// or loses packets. Deterministic: the same seed, the same network.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "trace.h"

namespace tutti::sim {

// Of packet k, sent at send_ms: the delay it adds in ms, or nothing when it loses the packet.
// Called once for each packet, in order.
using Impairment = std::function<std::optional<double>(int64_t k, double send_ms)>;

class Network {
 public:
  void add(Impairment impairment) { chain_.push_back(std::move(impairment)); }
  // Time of arrival in ms, or nothing.
  std::optional<double> arrival_ms(int64_t k, double send_ms) const;

 private:
  std::vector<Impairment> chain_;
};

// SplitMix64 (Steele, Lea, Flood 2014): the standard library's distributions differ from one make
// to the next.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  double uniform();  // [0, 1)
  double exponential(double mean);
  double normal();                           // mean 0, deviation 1 (Box and Muller)
  double gamma(double shape, double scale);  // Marsaglia and Tsang 2000

 private:
  uint64_t state_;
};

Impairment constant_delay(double ms);
Impairment recorded(Trace trace);
Impairment listed_losses(std::set<int64_t> packets);
// Two states, good and bad; in the bad one everything is lost (Gilbert 1960), or with Elliott's
// (1963) chance of loss in each.
struct GilbertElliott {
  double loss_percent = 2.0;  // in all
  double mean_burst = 1.0;    // packets
  double loss_in_good = 0.0;  // 0 to 1
  double loss_in_bad = 1.0;
};
Impairment gilbert_elliott(const GilbertElliott& parameters, uint64_t seed);
// Queueing delay: Gamma distributed, each packet's correlated with the last one's.
struct GammaJitter {
  double mean_ms = 3.0;
  double shape = 2.0;        // small: a long tail
  double correlation = 0.5;  // 0 to 1, of the underlying normal's kind: a first-order mix
};
Impairment gamma_jitter(const GammaJitter& parameters, uint64_t seed);
// A radio that stops now and then: packets wait and come all at once.
struct WifiBursts {
  double every_s = 10.0;   // mean time between stalls
  double stall_ms = 80.0;  // mean length of one
};
Impairment wifi_bursts(const WifiBursts& parameters, uint64_t seed);
// From at_s on every packet takes so much longer (shorter when negative).
Impairment route_change(double at_s, double by_ms);
// Nothing gets through; with `queued`, what was sent comes at once at its end.
Impairment outage(double at_s, double seconds, bool queued);

}  // namespace tutti::sim
