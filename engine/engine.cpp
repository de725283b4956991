#include "engine.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace tutti {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();
constexpr double kMasterSmoothMs = 5.0;

bool on(double value) noexcept { return value >= 0.5; }

// A choice among `count`; out of range (or NaN) is the first.
uint8_t choice(double value, uint32_t count) noexcept {
  return value >= 0.0 && value < count ? static_cast<uint8_t>(value) : uint8_t{0};
}

}  // namespace

std::string_view parameter_names() noexcept {
  return "inputChannels,mute,masterGainDb,peerGainDb,peerPan,peerMute,peerSolo,peerDelayMode,"
         "peerDelayMs,peerLateCost,peerConcealment,sentBits";
}

std::string_view peer_field_names() noexcept {
  return "received,lost,late,duplicate,reordered,recovered,malformed,concealedFrames,"
         "discontinuities,restarts,playing,playoutDelayMs,targetDelayMs,captureToPlayoutMs,"
         "roundTripMs,ratio,peak,rms,jitterMs,driftPpm,bits";
}

std::string_view engine_field_names() noexcept {
  return "frames,inputPeak,inputRms,outputPeak,outputRms,limiting";
}

bool Engine::configure(const EngineConfig& config) {
  if (config.max_frames < wire::kMinFrames || config.max_frames > kMaxQuantum) return false;
  if (config.max_peers < 1 || config.max_peers > kMaxPeers) return false;
  rate::Adapter adapter;
  if (!adapter.configure(config.sample_rate, kSampleRate, config.max_frames)) return false;
  const uint32_t most_frames = adapter.max_inner_frames();
  if (!sender_.configure({kSampleRate, config.packet_frames, config.bits}, most_frames)) {
    return false;
  }
  adapter_ = std::move(adapter);
  config_ = config;
  rate_code_ = static_cast<uint8_t>(wire::code_of_rate(kSampleRate));
  now_ = rendered_ = 0;
  frame_clock_.configure(kSampleRate);
  if (!tools_->configure()) return false;
  peers_ = std::vector<Peer>(config.max_peers);
  double share = 0.0;
  for (Peer& peer : peers_) {
    peer.stream.configure(kSampleRate, most_frames, interpolator_, *tools_);
    peer.strip.configure(kSampleRate);
    peer.stream.stagger(share);
    // Steps of the golden ratio: however many there are, they are far from each other.
    share += std::numbers::phi - 1.0;
    if (share >= 1.0) share -= 1.0;
  }
  for (auto& channel : peer_sound_) channel.assign(most_frames, 0.0F);
  master_.configure(kSampleRate, kMasterSmoothMs, 1.0F);
  limiter_.configure(config.sample_rate);
  output_meter_.configure(config.sample_rate);
  return true;
}

void Engine::warm_up() noexcept {
  // Rounds of made-up sound: received, lost, concealed from one side and later from both, and
  // played at a slewed ratio, so that the compiler's best tier is reached for each path.
  constexpr uint32_t kRounds = 600;
  std::array<float, 128> sound;
  std::array<float, 128> left;
  std::array<float, 128> right;
  const uint32_t frames = std::min(config_.max_frames, static_cast<uint32_t>(sound.size()));
  const int64_t now_before = now_;
  const int64_t rendered_before = rendered_;
  add_peer(0);
  uint32_t noise = 1;
  for (uint32_t round = 0; round < kRounds; ++round) {
    for (float& x : sound) {
      noise = noise * 1664525U + 1013904223U;
      x = static_cast<float>(static_cast<int32_t>(noise)) / 4294967296.0F;
    }
    const std::array<const float*, 2> input{sound.data(), sound.data()};
    sender_.set_input(round % 2 == 0 ? capture::InputChannels::kStereo
                                     : capture::InputChannels::kMonoMix);
    sender_.set_bits(round % 4 < 2 ? 16 : 24);
    const uint32_t packets = capture(input.data(), 2, frames);
    for (uint32_t i = 0; i < packets; ++i) {
      if (round % 8 < 7) receive(0, packet(i), static_cast<double>(now_) / 0.048);
    }
    set(Parameter::kPeerPan, 0, round % 2 == 0 ? -0.5 : 0.5);
    if (round == kRounds / 2) {
      set(Parameter::kPeerDelayMode, 0, static_cast<double>(playout::DelayMode::kFixed));
      set(Parameter::kPeerDelayMs, 0, 12.0);
    }
    render(left.data(), right.data(), frames);
  }
  remove_peer(0);
  sender_.set_input(capture::InputChannels::kFirst);
  sender_.set_bits(config_.bits);
  sender_.reset();
  adapter_.reset();
  frame_clock_.reset();
  limiter_.reset();
  output_meter_.reset();
  now_ = now_before;
  rendered_ = rendered_before;
}

uint32_t Engine::capture(const float* const* input, uint32_t channels, uint32_t frames) noexcept {
  const double wall_us = frame_clock_.wall_us(now_) - adapter_.capture_delay_us();
  const auto taken = adapter_.take(input, channels, std::min(frames, config_.max_frames));
  return sender_.capture(taken.channel.data(), channels, taken.frames, wall_us);
}

wire::Refusal Engine::receive(uint32_t index, std::span<const uint8_t> bytes,
                              double wall_us) noexcept {
  observe_clock(wall_us);
  Peer* const peer = find(index);
  if (peer == nullptr) return wire::Refusal::kUnknownPeer;
  wire::Refusal refusal = datagram_.parse(bytes);
  if (refusal == wire::Refusal::kNone && datagram_[0].header.rate_code != rate_code_) {
    refusal = wire::Refusal::kRateMismatch;
  }
  if (refusal == wire::Refusal::kNone) {
    peer->bits = datagram_[0].header.bits;
    peer->stream.receive(datagram_, now_, frame_clock_.frames_until(wall_us, now_));
  } else if (refusal != wire::Refusal::kStop) {
    ++peer->malformed;
  }
  return refusal;
}

void Engine::observe_exchange(uint32_t index, double sent_us, double far_received_us,
                              double far_sent_us, double received_us) noexcept {
  Peer* const peer = find(index);
  if (peer != nullptr) {
    peer->offset.observe(sent_us, far_received_us, far_sent_us, received_us);
  }
}

void Engine::render(float* left, float* right, uint32_t frames) noexcept {
  frames = std::min(frames, config_.max_frames);
  const auto wanted = adapter_.begin(left, right, frames);
  if (wanted.frames > 0) mix(wanted.left, wanted.right, wanted.frames);
  adapter_.end(left, right, frames);
  // After the conversion, whose filter may raise a peak.
  limiter_.process(left, right, frames);
  output_meter_.observe(left, right, frames);
  rendered_ += frames;
}

// At 48 kHz: all peers by their strips, and the master gain.
// What the quantum can afford for concealments, shared among those who will need it: a lone loss
// gets the best model, many at once each a lesser one, and the quantum is never late.
uint32_t Engine::work_for_each(uint32_t frames) const noexcept {
  uint32_t count = 1;
  for (const Peer& peer : peers_) {
    if (peer.present && peer.stream.will_fit(frames)) ++count;
  }
  const uint32_t quanta = std::max(1U, frames / 128U);
  return playout::Stream::kAloneWork * quanta / std::max(1U, count - 1U);
}

void Engine::mix(float* left, float* right, uint32_t frames) noexcept {
  std::vector<float>& peer_left = peer_sound_[0];
  std::vector<float>& peer_right = peer_sound_[1];
  std::fill_n(left, frames, 0.0F);
  std::fill_n(right, frames, 0.0F);
  const bool any_solo = std::any_of(peers_.begin(), peers_.end(), [](const Peer& peer) {
    return peer.present && peer.strip.solo();
  });
  const uint32_t work = work_for_each(frames);
  for (Peer& peer : peers_) {
    if (!peer.present) continue;
    peer.stream.render(peer_left.data(), peer_right.data(), frames, now_, work);
    peer.strip.mix(peer_left.data(), peer_right.data(), frames, any_solo, left, right);
  }
  const mix::Smoothed::Ramp master = master_.advance(frames);
  if (!master.is_constant() || master.from != 1.0F) {
    for (uint32_t i = 0; i < frames; ++i) {
      left[i] *= master.at(i);
      right[i] *= master.at(i);
    }
  }
  now_ += frames;
}

const Engine::Peer* Engine::find(uint32_t peer) const noexcept {
  return peer < peers_.size() && peers_[peer].present ? &peers_[peer] : nullptr;
}

Engine::Peer* Engine::find(uint32_t peer) noexcept {
  return peer < peers_.size() && peers_[peer].present ? &peers_[peer] : nullptr;
}

bool Engine::add_peer(uint32_t index) noexcept {
  if (index >= peers_.size() || peers_[index].present) return false;
  Peer& peer = peers_[index];
  peer.delay_mode = playout::DelayMode::kAuto;
  peer.delay_ms = 0.0;
  peer.stream.set_delay(peer.delay_mode, peer.delay_ms);
  peer.stream.set_late_cost(playout::DelayTarget::kDefaultLateCost);
  peer.stream.set_concealment(playout::Concealment::kAutoregressive);
  peer.stream.reset();
  peer.strip.reset();
  peer.offset.reset();
  peer.malformed = 0;
  peer.bits = 0;
  peer.present = true;
  return true;
}

bool Engine::remove_peer(uint32_t index) noexcept {
  Peer* const peer = find(index);
  if (peer == nullptr) return false;
  peer->present = false;
  return true;
}

bool Engine::set(Parameter parameter, uint32_t index, double value) noexcept {
  switch (parameter) {
    case Parameter::kInputChannels:
      sender_.set_input(static_cast<capture::InputChannels>(choice(value, 4)));
      return true;
    case Parameter::kMute:
      sender_.set_mute(on(value));
      return true;
    case Parameter::kMasterGainDb:
      master_.set(mix::linear_gain(value));
      return true;
    case Parameter::kSentBits:
      // What is no number fails both.
      return value >= 0.0 && value <= 32.0 && sender_.set_bits(static_cast<uint32_t>(value));
    default: {
      Peer* const peer = find(index);
      return peer != nullptr && set_of(*peer, parameter, value);
    }
  }
}

bool Engine::set_of(Peer& peer, Parameter parameter, double value) noexcept {
  switch (parameter) {
    case Parameter::kPeerGainDb:
      peer.strip.set_gain_db(value);
      return true;
    case Parameter::kPeerPan:
      peer.strip.set_pan(value);
      return true;
    case Parameter::kPeerMute:
      peer.strip.set_mute(on(value));
      return true;
    case Parameter::kPeerSolo:
      peer.strip.set_solo(on(value));
      return true;
    case Parameter::kPeerDelayMode:
      peer.delay_mode = static_cast<playout::DelayMode>(choice(value, 3));
      peer.stream.set_delay(peer.delay_mode, peer.delay_ms);
      return true;
    case Parameter::kPeerDelayMs:
      peer.delay_ms = value;
      peer.stream.set_delay(peer.delay_mode, peer.delay_ms);
      return true;
    case Parameter::kPeerLateCost:
      peer.stream.set_late_cost(value);
      return true;
    case Parameter::kPeerConcealment:
      peer.stream.set_concealment(static_cast<playout::Concealment>(choice(value, 3)));
      return true;
    default:
      return false;
  }
}

double Engine::capture_to_playout_ms(const Peer& peer) const noexcept {
  const double captured_us = peer.stream.capture_time_us();
  if (captured_us == 0.0 || !frame_clock_.known() || !peer.offset.known()) return kNotKnown;
  // now_ is when the next frame is rendered, by our clock; captured_us is by theirs.
  const double played_us = frame_clock_.wall_us(now_) + adapter_.render_delay_us();
  return (played_us + peer.offset.offset_us() - captured_us) / 1000.0;
}

const playout::Stream* Engine::stream(uint32_t index) const noexcept {
  const Peer* const peer = find(index);
  return peer != nullptr ? &peer->stream : nullptr;
}

bool Engine::report(uint32_t index, PeerReport& out) const noexcept {
  const Peer* const peer = find(index);
  if (peer == nullptr) return false;
  const playout::StreamStats& stats = peer->stream.stats();
  out.received = static_cast<double>(stats.received);
  out.lost = static_cast<double>(stats.lost);
  out.late = static_cast<double>(stats.late);
  out.duplicate = static_cast<double>(stats.duplicate);
  out.reordered = static_cast<double>(stats.reordered);
  out.recovered = static_cast<double>(stats.recovered);
  out.malformed = static_cast<double>(peer->malformed);
  out.concealed_frames = static_cast<double>(stats.concealed_frames);
  out.discontinuities = static_cast<double>(stats.discontinuities);
  out.restarts = static_cast<double>(stats.restarts);
  out.playing = peer->stream.playing() ? 1.0 : 0.0;
  out.playout_delay_ms = peer->stream.playout_delay_ms();
  out.target_delay_ms = peer->stream.target_delay_ms();
  out.capture_to_playout_ms = capture_to_playout_ms(*peer);
  out.round_trip_ms = peer->offset.known() ? peer->offset.round_trip_us() / 1000.0 : kNotKnown;
  out.ratio = peer->stream.ratio();
  out.peak = static_cast<double>(peer->strip.meter().peak());
  out.rms = static_cast<double>(peer->strip.meter().rms());
  out.jitter_ms = peer->stream.jitter_ms();
  out.drift_ppm = peer->stream.drift_known() ? peer->stream.drift_ppm() : kNotKnown;
  out.bits = peer->bits;
  return true;
}

void Engine::report(EngineReport& out) const noexcept {
  out.frames = static_cast<double>(rendered_);
  out.input_peak = static_cast<double>(sender_.meter().peak());
  out.input_rms = static_cast<double>(sender_.meter().rms());
  out.output_peak = static_cast<double>(output_meter_.peak());
  out.output_rms = static_cast<double>(output_meter_.rms());
  out.limiting = limiter_.working() ? 1.0 : 0.0;
}

}  // namespace tutti
