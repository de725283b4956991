#include "network.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

namespace tutti::sim {

std::optional<double> Network::arrival_ms(int64_t k, double send_ms) const {
  std::optional<double> arrival = send_ms;
  // Every impairment is asked, so that each sees every packet.
  for (const Impairment& impairment : chain_) {
    const std::optional<double> delay = impairment(k, send_ms);
    if (!delay) arrival.reset();
    if (arrival) *arrival += *delay;
  }
  return arrival;
}

double Random::uniform() {
  state_ += 0x9E3779B97F4A7C15ULL;
  uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  z ^= z >> 31U;
  return static_cast<double>(z >> 11U) / 9007199254740992.0;
}

double Random::exponential(double mean) { return -mean * std::log(1.0 - uniform()); }

double Random::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

double Random::gamma(double shape, double scale) {
  if (shape < 1.0) {
    // One of shape + 1, brought down by a power of a uniform number.
    scale *= std::pow(1.0 - uniform(), 1.0 / shape);
    shape += 1.0;
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = normal();
    const double v = std::pow(1.0 + c * x, 3.0);
    if (v <= 0.0) continue;
    if (std::log(1.0 - uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) {
      return d * v * scale;
    }
  }
}

Impairment constant_delay(double ms) {
  return [ms](int64_t /*k*/, double /*send_ms*/) { return std::optional(ms); };
}

Impairment recorded(Trace trace) {
  return
      [trace = std::move(trace)](int64_t /*k*/, double send_ms) { return trace.delay_ms(send_ms); };
}

Impairment listed_losses(std::set<int64_t> packets) {
  return [packets = std::move(packets)](int64_t k, double /*send_ms*/) -> std::optional<double> {
    if (packets.count(k) > 0) return std::nullopt;
    return 0.0;
  };
}

Impairment gilbert_elliott(const GilbertElliott& p, uint64_t seed) {
  // The share of time in the bad state that gives the wanted loss.
  const double share = std::clamp((p.loss_percent / 100.0 - p.loss_in_good) /
                                      std::max(1e-9, p.loss_in_bad - p.loss_in_good),
                                  0.0, 0.999);
  const double leave_bad = 1.0 / std::max(1.0, p.mean_burst);
  const double enter_bad = std::min(1.0, leave_bad * share / (1.0 - share));
  return [p, leave_bad, enter_bad, random = Random(seed),
          bad = false](int64_t /*k*/, double /*send_ms*/) mutable -> std::optional<double> {
    bad = bad ? random.uniform() >= leave_bad : random.uniform() < enter_bad;
    if (random.uniform() < (bad ? p.loss_in_bad : p.loss_in_good)) return std::nullopt;
    return 0.0;
  };
}

Impairment gamma_jitter(const GammaJitter& p, uint64_t seed) {
  return [p, random = Random(seed), last = p.mean_ms](int64_t /*k*/, double /*send_ms*/) mutable {
    const double fresh = random.gamma(p.shape, p.mean_ms / p.shape);
    last = p.correlation * last + (1.0 - p.correlation) * fresh;
    return std::optional(last);
  };
}

Impairment wifi_bursts(const WifiBursts& p, uint64_t seed) {
  Random random(seed);
  const double first = random.exponential(p.every_s * 1000.0);
  return [p, random, begin = first,
          end = first + random.exponential(p.stall_ms)](int64_t /*k*/, double send_ms) mutable {
    while (send_ms >= end) {
      begin = end + random.exponential(p.every_s * 1000.0);
      end = begin + random.exponential(p.stall_ms);
    }
    return std::optional(send_ms >= begin ? end - send_ms : 0.0);
  };
}

Impairment route_change(double at_s, double by_ms) {
  return [at_s, by_ms](int64_t /*k*/, double send_ms) {
    return std::optional(send_ms >= at_s * 1000.0 ? by_ms : 0.0);
  };
}

Impairment outage(double at_s, double seconds, bool queued) {
  return [=](int64_t /*k*/, double send_ms) -> std::optional<double> {
    const double begin = at_s * 1000.0;
    const double end = begin + seconds * 1000.0;
    if (send_ms < begin || send_ms >= end) return 0.0;
    if (queued) return end - send_ms;
    return std::nullopt;
  };
}

}  // namespace tutti::sim
