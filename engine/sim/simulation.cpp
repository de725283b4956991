#include "simulation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <stdexcept>

#include "engine.h"

namespace tutti::sim {
namespace {

constexpr double kRate = 48000.0;
constexpr uint32_t kPacketFrames = 128;
constexpr double kPacketMs = 1000.0 * kPacketFrames / kRate;
// Of the receiver's wall clock at time 0, us: like a real one, so that nothing depends on zero.
constexpr double kEpochUs = 1.7e15;
// The receiver listens on after the last packet was sent.
constexpr double kTailMs = 1000.0;

// Sends the whole input beforehand: what is sent does not depend on the receiver.
std::vector<std::vector<uint8_t>> send_all(const Scenario& scenario, const Wav& input) {
  Engine engine;
  EngineConfig config;
  config.max_frames = kPacketFrames;
  config.max_peers = 1;
  config.bits = scenario.bits;
  if (!engine.configure(config)) throw std::runtime_error("the engine refuses to send");
  const bool stereo = input.samples.size() > 1;
  engine.set(Parameter::kInputChannels, 0, stereo ? 2.0 : 0.0);
  std::vector<std::vector<uint8_t>> packets;
  std::vector<float> block[2];
  for (auto& channel : block) channel.resize(kPacketFrames);
  const size_t count = input.frames() / kPacketFrames;
  for (size_t k = 0; k < count; ++k) {
    const float* channels[2] = {block[0].data(), block[1].data()};
    for (size_t c = 0; c < (stereo ? 2U : 1U); ++c) {
      std::copy_n(input.samples[c].begin() + static_cast<ptrdiff_t>(k * kPacketFrames),
                  kPacketFrames, block[c].begin());
    }
    engine.observe_clock(kEpochUs + static_cast<double>(k) * kPacketMs * 1000.0);
    const uint32_t whole = engine.capture(channels, stereo ? 2 : 1, kPacketFrames);
    if (whole != 1) throw std::runtime_error("the engine did not send one packet per block");
    const auto bytes = engine.packet(0);
    packets.emplace_back(bytes.begin(), bytes.end());
    std::vector<float> silence(kPacketFrames);
    engine.render(silence.data(), silence.data(), kPacketFrames);
  }
  return packets;
}

class Receiver {
 public:
  Receiver(const Scenario& scenario, size_t channels) : quantum_(scenario.quantum) {
    EngineConfig config;
    config.max_frames = quantum_;
    config.max_peers = 1;
    if (!engine_.configure(config) || !engine_.add_peer(0)) {
      throw std::runtime_error("the engine refuses to receive");
    }
    engine_.set(Parameter::kPeerDelayMs, 0, scenario.delay_ms);
    engine_.set(Parameter::kPeerDelayMode, 0, static_cast<double>(scenario.delay_mode));
    engine_.set(Parameter::kPeerLateCost, 0, 10.0 / scenario.budget_percent);
    engine_.set(Parameter::kPeerConcealment, 0, static_cast<double>(scenario.conceal));
    left_.resize(quantum_);
    right_.resize(quantum_);
    result_.output.samples.resize(channels);
  }

  void receive(int64_t k, const std::vector<uint8_t>& datagram, double arrival_ms) {
    const wire::Refusal refusal = engine_.receive(0, datagram, kEpochUs + arrival_ms * 1000.0);
    if (refusal != wire::Refusal::kNone) throw std::runtime_error("the engine refused a packet");
    const playout::Stream& stream = *engine_.stream(0);
    if (origin_packet_ < 0 || stream.stats().restarts != restarts_) {
      restarts_ = stream.stats().restarts;
      origin_packet_ = stream.newest_packet() - k;
    }
  }

  void render(double begin_ms, double end_ms) {
    engine_.observe_clock(kEpochUs + begin_ms * 1000.0);
    const playout::Stream& stream = *engine_.stream(0);
    const bool was_playing = stream.playing();
    const uint64_t fits = stream.stats().fits;
    const auto before = std::chrono::steady_clock::now();
    engine_.render(left_.data(), right_.data(), quantum_);
    const std::chrono::duration<double, std::micro> took =
        std::chrono::steady_clock::now() - before;
    // The first one begins from silence.
    if (was_playing && stream.stats().fits > fits) result_.fit_us.push_back(took.count());
    for (size_t c = 0; c < result_.output.samples.size(); ++c) {
      const auto& from = c == 0 ? left_ : right_;
      auto& to = result_.output.samples[c];
      to.insert(to.end(), from.begin(), from.end());
    }
    if (stream.playing()) follow(stream, begin_ms, end_ms);
    now_ += quantum_;
  }

  Result finish() {
    result_.stats = engine_.stream(0)->stats();
    PeerReport report;
    engine_.report(0, report);
    result_.drift_ppm = report.drift_ppm;
    return std::move(result_);
  }

  std::vector<PacketFate>& packets() { return result_.packets; }
  // The last packet's last frame has been played: what follows is not part of the run.
  bool done() const { return done_; }

 private:
  // Which packets' first frames were rendered, and when.
  void follow(const playout::Stream& stream, double begin_ms, double end_ms) {
    const double offset = stream.rendered_offset();
    const auto origin = static_cast<double>(origin_packet_ * kPacketFrames);
    const double first = static_cast<double>(now_) - offset;
    const double ratio = stream.rendered_ratio();
    const double ms_per_frame = (end_ms - begin_ms) / quantum_;
    // A packet whose turn has passed may have another one: what is late may be waited for.
    const auto begin = static_cast<int64_t>(std::ceil((first - origin) / kPacketFrames));
    for (int64_t k = std::min(begin, next_); k < static_cast<int64_t>(result_.packets.size());
         ++k) {
      const double into = static_cast<double>(k * kPacketFrames) + origin - first;
      if (into >= ratio * quantum_) break;
      next_ = std::max(next_, k + 1);
      if (k < 0) continue;
      PacketFate& fate = result_.packets[static_cast<size_t>(k)];
      if (fate.state == PacketState::kPlayed) continue;
      // Less than nothing: left out.
      fate.playout_ms = begin_ms + std::max(0.0, into / ratio) * ms_per_frame;
      const bool arrived = !std::isnan(fate.arrival_ms);
      if (into >= 0.0 && stream.played(k + origin_packet_)) {
        fate.state = PacketState::kPlayed;
      } else {
        fate.state = arrived ? PacketState::kLate : PacketState::kLost;
      }
    }
    done_ = first + ratio * quantum_ - origin >=
            static_cast<double>(result_.packets.size() * kPacketFrames);
    result_.output_delay_frames = offset + origin;
    result_.target_ms.push_back(stream.target_delay_ms());
    result_.delay_ms.push_back(stream.playout_delay_ms());
    result_.ratio_ppm.push_back((ratio - 1.0) * 1e6);
  }
  uint32_t quantum_;
  Engine engine_;
  int64_t now_ = 0;
  // The stream's number of packet 0; it changes when the stream takes a long gap for a new sender.
  int64_t origin_packet_ = -1;
  uint64_t restarts_ = 0;
  bool done_ = false;
  int64_t next_ = 0;  // packet whose first frame has not been reached
  std::vector<float> left_;
  std::vector<float> right_;
  Result result_;
};

std::vector<uint8_t> datagram_of(const std::vector<std::vector<uint8_t>>& sent, size_t k,
                                 uint32_t redundancy) {
  std::vector<uint8_t> datagram;
  for (size_t back = 0; back < redundancy && back <= k; ++back) {
    datagram.insert(datagram.end(), sent[k - back].begin(), sent[k - back].end());
  }
  return datagram;
}

}  // namespace

Result simulate(const Scenario& scenario, const Wav& input) {
  if (input.sample_rate != 48000) {
    throw std::runtime_error("the input must be of 48,000 Hz: this one is of " +
                             std::to_string(input.sample_rate));
  }
  if (input.samples.empty() || input.samples.size() > 2) {
    throw std::runtime_error("the input must have one or two channels");
  }
  const auto sent = send_all(scenario, input);
  if (sent.empty()) throw std::runtime_error("the input is shorter than one packet");

  Receiver receiver(scenario, input.samples.size());
  std::multimap<double, size_t> arrivals;
  for (size_t k = 0; k < sent.size(); ++k) {
    PacketFate fate;
    fate.send_ms = static_cast<double>(k) * kPacketMs;
    const auto arrival = scenario.network.arrival_ms(static_cast<int64_t>(k), fate.send_ms);
    if (arrival) {
      fate.arrival_ms = std::max(*arrival, fate.send_ms);
      arrivals.emplace(fate.arrival_ms, k);
    }
    receiver.packets().push_back(fate);
  }

  const double quantum_ms = 1000.0 * scenario.quantum / kRate * (1.0 + scenario.drift_ppm * 1e-6);
  const double end_ms = static_cast<double>(sent.size()) * kPacketMs + kTailMs;
  auto next = arrivals.begin();
  for (int64_t q = 0; static_cast<double>(q) * quantum_ms < end_ms && !receiver.done(); ++q) {
    const double begin_ms = static_cast<double>(q) * quantum_ms;
    for (; next != arrivals.end() && next->first <= begin_ms; ++next) {
      receiver.receive(static_cast<int64_t>(next->second),
                       datagram_of(sent, next->second, scenario.redundancy), next->first);
    }
    receiver.render(begin_ms, begin_ms + quantum_ms);
  }
  Result result = receiver.finish();
  result.output.sample_rate = input.sample_rate;
  result.output.integers = input.integers;
  return result;
}

}  // namespace tutti::sim
