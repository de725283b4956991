#include "playout/stream.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "codec/pcm.h"

namespace tutti::playout {
namespace {

// Back from a concealment: 1.3 ms. Longer keeps wrong sound for longer.
constexpr int64_t kBlend = 32;
// Softened at either end of repaired history.
constexpr size_t kEdge = 32;
// What the read position still reads behind itself, and some more: late packets do not touch it.
constexpr int64_t kProtected = int64_t{2} * Interpolator::kTaps;
// The ring's share for what is to come, 256 ms; the rest is history.
constexpr int64_t kAhead = 12288;
constexpr int64_t kBehind = Timeline::kFrames - kAhead;
// Sequence steps beyond this are another stream or garbage, not loss (JackTrip's own limit).
constexpr int64_t kFarPackets = 1000;
// So many strangers in a row, each following the last, are a sender that began anew.
constexpr int64_t kStrangers = 3;
// A sender's clock may be set a little between two packets that change places.
constexpr uint64_t kClockStepUs = 20'000;

constexpr double kSlew = 0.005;  // 9 cents: not heard as pitch for a moment
constexpr double kSlewTimeS = 0.1;
// A small error is mended so slowly that nobody notices: 0.35 cent for 1 ms too much; too little
// may soon be heard otherwise, so 1.7 cents for that.
constexpr double kGentleMs = 1.0;
constexpr double kGentleDownS = 5.0;
constexpr double kGentleUpS = 1.0;
constexpr double kGentlest = 50e-6;
constexpr double kSlewFromMs = 0.3;  // less is left alone
constexpr double kArrivedFrames = 0.01;
constexpr double kLeastDrift = 2e-6;  // less than this is no drift: samples pass untouched
constexpr double kSkipMs = 2.0;       // more than this too late is left out at once, in auto
constexpr double kCalmMs = 50.0;
constexpr double kShiftMs = 30.0;  // and so much is when a person chose another delay
// A packet that so nearly missed its quantum may miss it next time: by our stamps' error, or by
// drift while that is not known.
constexpr double kStampErrorMs = 0.02;
constexpr double kJustInTimeMs = 0.3;

constexpr double kAllLateMs = 80.0;     // nothing in time for so long: the network has changed
constexpr double kHeldLateMs = 1000.0;  // the same where the delay is not to be touched
constexpr double kSettledMs = 30.0;     // and the arrivals are steady, not a queue draining
constexpr double kSettledByMs = 2.0;

}  // namespace

void Stream::configure(double sample_rate, uint32_t max_frames, const Interpolator& interpolator,
                       ConcealmentTools& tools) {
  interpolator_ = &interpolator;
  tools_ = &tools;
  sample_rate_ = sample_rate;
  timeline_.configure();
  target_.configure(sample_rate);
  const auto longest =
      static_cast<size_t>(std::ceil(max_frames * (1.0 + kSlew + clock::Skew::kMaxPpm * 1e-6))) + 2;
  window_.assign(longest + Interpolator::kTaps, 0.0F);
  scratch_.assign(wire::kMaxFrames, 0.0F);
  reset();
}

void Stream::reset() noexcept {
  timeline_.reset();
  target_.reset();
  skew_.reset();
  drift_ = 0.0;
  fastest_ = ceiling_ = 1e300;
  calm_until_ = 0;
  calm_ceiling_ = {1e300, 1e300};
  waited_ = 0.0;
  unwrapper_.reset();
  state_ = State::kIdle;
  packet_frames_ = 0;
  newest_capture_us_ = 0;
  strangers_ = 0;
  stereo_ = false;
  mono_packets_ = 0;
  position_ = frontier_ = known_from_ = heard_ = accounted_ = 0;
  fraction_ = 0.0;
  ratio_ = 1.0;
  slewing_ = false;
  beyond_ring_ = false;
  concealing_ = fitted_ = bridged_ = false;
  blend_left_ = 0;
  quantum_ = 0;
  stats_ = {};
}

void Stream::set_delay(DelayMode mode, double ms) noexcept {
  mode_ = mode;
  chosen_ms_ = std::isfinite(ms) ? std::clamp(ms, 0.0, DelayTarget::kMaxDelayMs) : 0.0;
  // Whole frames, so that after a slew samples pass untouched again.
  held_offset_ = fixed_offset();
}

// ---- arrival -----------------------------------------------------------------------------------

void Stream::receive(const wire::Datagram& datagram, int64_t now, double waited) noexcept {
  const double available = available_at(now, waited);
  waited_ = waited;
  // Oldest first: a recovered packet is not a reordered one.
  for (size_t i = datagram.count(); i-- > 0;) insert(datagram[i], i > 0, now, available);
}

// The local frame at which a datagram counts as available, at the beginning of a quantum.
double Stream::available_at(int64_t now, double waited) const noexcept {
  // While the clocks drift apart, the wait for the next quantum takes every length in turn: to hold
  // still, be ready for the longest.
  if (drift_ != 0.0) return static_cast<double>(now) - waited + quantum_;
  // One that has only just made it may not make it next time.
  const double just_in_time = to_frames(skew_.known() ? kStampErrorMs : kJustInTimeMs);
  return static_cast<double>(now) + (waited < just_in_time ? quantum_ : 0U);
}

// A sender that restarts counts from anywhere: near (packets look old, but are captured later
// than the newest), or far (then wait for a few that follow one another).
bool Stream::begins_anew(const wire::Header& h) noexcept {
  if (h.frames != packet_frames_) return true;
  const int64_t packet = unwrapper_.unwrap(h.sequence);
  const int64_t step = packet - unwrapper_.newest();
  if (step <= 0 && h.capture_time_us > newest_capture_us_ + kClockStepUs) return true;
  if (std::abs(step) <= kFarPackets) {
    strangers_ = 0;
    return false;
  }
  const bool follows =
      strangers_ > 0 && h.sequence == static_cast<uint16_t>(stranger_sequence_ + 1);
  strangers_ = follows ? strangers_ + 1 : 1;
  stranger_sequence_ = h.sequence;
  return strangers_ >= kStrangers;
}

// Listen for a moment before playing. What was played so far is left behind.
void Stream::acquire(const wire::Header& h, int64_t now) noexcept {
  if (state_ == State::kIdle) {
    unwrapper_.observe(unwrapper_.unwrap(h.sequence));
  } else {
    ++stats_.restarts;
    unwrapper_.restart(h.sequence);
  }
  packet_frames_ = h.frames;
  newest_capture_us_ = h.capture_time_us;
  strangers_ = 0;
  accounted_ = unwrapper_.newest();
  target_.reset();
  skew_.reset();
  drift_ = 0.0;
  state_ = State::kAcquiring;
  last_in_time_ = now;
}

void Stream::insert(const wire::Packet& data, bool redundant_copy, int64_t now,
                    double available) noexcept {
  const wire::Header& h = data.header;
  if (h.channels == 0) return;
  if (state_ == State::kIdle || (!redundant_copy && begins_anew(h))) {
    acquire(h, now);
  } else if (strangers_ > 0 || h.frames != packet_frames_) {
    return;
  }

  const int64_t packet = unwrapper_.unwrap(h.sequence);
  if (timeline_.has(packet)) {
    if (!redundant_copy) ++stats_.duplicate;
    return;
  }
  ++stats_.received;
  if (redundant_copy) ++stats_.recovered;
  const bool newest = packet >= unwrapper_.newest();
  if (!newest) {
    if (!redundant_copy) ++stats_.reordered;
  } else {
    newest_capture_us_ = h.capture_time_us;
  }
  unwrapper_.observe(packet);

  const int64_t first = first_frame(packet);
  const double requirement =
      available - static_cast<double>(first) + static_cast<double>(Interpolator::kAfter);
  if (!redundant_copy) {
    target_.observe(requirement, packet_frames_, now, newest);
    skew_.observe(static_cast<double>(now) - waited_, first);
    if (newest) fastest_ = std::min(fastest_, requirement);
  }

  if (state_ == State::kPlaying) {
    if (first < frontier_) ++stats_.late;
    if (packet < accounted_ && stats_.lost > 0) --stats_.lost;
    // After which it may not be late any more.
    if (!redundant_copy && newest) wait_for(first, requirement, now);
    if (!redundant_copy) notice_lateness(first < frontier_, requirement, now);
    if (first < position_ - kBehind) return;  // too old to matter even as history
    if (first + packet_frames_ > position_ + kAhead) {
      // Our own clock stood still: nothing learned before applies. Jump, at the next render.
      if (!beyond_ring_) target_.reset();
      beyond_ring_ = true;
      target_.observe(requirement, packet_frames_, now);
    }
  }
  store(packet, data);
}

void Stream::store(int64_t packet, const wire::Packet& data) noexcept {
  const wire::Header& h = data.header;
  if (h.channels > 1) {
    mono_packets_ = 0;
    if (!stereo_) {
      timeline_.widen();
      concealer_.widen();
    }
    stereo_ = true;
  } else if (stereo_ && ++mono_packets_ * packet_frames_ > Timeline::kFrames) {
    stereo_ = false;
  }

  const int64_t first = first_frame(packet);
  const size_t stride = static_cast<size_t>(h.frames) * (h.bits / 8U);
  const auto write = [&](uint32_t channel) {
    // What the read position is passing over stays as it is; all else becomes what was sent,
    // the past too: late packets repair the history that concealment learns from.
    const std::span<float> all{scratch_.data(), h.frames};
    const int64_t guard_begin = state_ == State::kPlaying ? position_ - kProtected : first;
    const int64_t guard_end = state_ == State::kPlaying ? frontier_ : first;
    const auto before = std::clamp<int64_t>(guard_begin - first, 0, h.frames);
    const auto after = std::clamp<int64_t>(guard_end - first, 0, h.frames);
    repair(channel, first, all.first(static_cast<size_t>(before)));
    timeline_.write(channel, first + after, all.subspan(static_cast<size_t>(after)));
  };
  // Of more than two channels the first two are played.
  const uint32_t used = std::min<uint32_t>(h.channels, kChannels);
  for (uint32_t channel = 0; channel < used; ++channel) {
    codec::pcm_decode(h.bits, data.payload.data() + channel * stride, {scratch_.data(), h.frames});
    write(channel);
    if (used == 1 && stereo_) write(1);
  }
  timeline_.mark(packet, h.capture_time_us);
}

// Replaces concealed history by what was sent, with soft edges: a step inside the history would be
// heard in the next concealment made of it.
void Stream::repair(uint32_t channel, int64_t first, std::span<float> sent) noexcept {
  const size_t edge = std::min<size_t>(kEdge, sent.size() / 2);
  std::array<float, kEdge> played;
  const auto soften = [&](size_t at, bool rising) {
    timeline_.read(channel, first + static_cast<int64_t>(at), {played.data(), edge});
    for (size_t i = 0; i < edge; ++i) {
      const float ramp = (static_cast<float>(i) + 0.5F) / static_cast<float>(edge);
      float& x = sent[at + i];
      x = played[i] + (rising ? ramp : 1.0F - ramp) * (x - played[i]);
    }
  };
  soften(0, true);
  soften(sent.size() - edge, false);
  timeline_.write(channel, first, sent);
}

// The newest packet comes too late, so there was nothing to be played, and for what was made up
// instead its sound can as well be played now: all that is behind it may be as late. Not what is
// out of reach (see notice_lateness).
void Stream::wait_for(int64_t first, double requirement, int64_t now) noexcept {
  if (mode_ != DelayMode::kAuto || beyond_ring_ || first >= frontier_) return;
  if (to_ms(requirement - target_.base()) > DelayTarget::kMaxDelayMs) return;
  // As far as it will be needed, not only as far as it is now: rather one move than many.
  const auto least = static_cast<double>(frontier_ - first) + fraction_;
  jump(std::max(least, requirement - offset(now)));
}

// A route that became slower makes every packet late. Tell it from a queue that drains after an
// outage (each packet less late than the one before), whose stale sound nobody wants.
void Stream::notice_lateness(bool late, double requirement, int64_t now) noexcept {
  if (!late) {
    last_in_time_ = now;
    slowest_low_ = 1e300;
    return;
  }
  if (requirement < slowest_low_ - to_frames(kSettledByMs)) {
    slowest_low_ = requirement;
    lowered_at_ = now;
  }
  // What is within reach is followed at once (see wait_for()), but for a delay that is held.
  const bool held = mode_ == DelayMode::kHold;
  if (!held && to_ms(requirement - target_.base()) <= DelayTarget::kMaxDelayMs) return;
  const double late_ms = to_ms(static_cast<double>(now - last_in_time_));
  const double settled_ms = to_ms(static_cast<double>(now - lowered_at_));
  if (late_ms < (held ? kHeldLateMs : kAllLateMs) || settled_ms < kSettledMs) return;
  target_.reset();
  target_.observe(held ? slowest_low_ : requirement, packet_frames_, now);
  held_offset_ = fixed_offset();
  last_in_time_ = now;
}

// ---- playing -----------------------------------------------------------------------------------

double Stream::fixed_offset() const noexcept {
  return std::ceil(target_.base() + std::max(0.0, to_frames(chosen_ms_) - Interpolator::kAfter));
}

double Stream::wanted_offset() const noexcept {
  switch (mode_) {
    case DelayMode::kHold:
      return held_offset_;
    case DelayMode::kFixed:
      return fixed_offset();
    case DelayMode::kAuto:
      break;
  }
  return whole(target_.base()) + whole(target_.depth());
}

void Stream::start(int64_t now) noexcept {
  held_offset_ = fixed_offset();
  const auto position = now - static_cast<int64_t>(wanted_offset());
  position_ = position;
  fraction_ = 0.0;
  ratio_ = 1.0;
  slewing_ = false;
  beyond_ring_ = false;
  // From silence, as out of a gap: no click at the first sound.
  frontier_ = heard_ = position_;
  known_from_ = position_ - Interpolator::kBefore;
  constexpr std::array<float, Interpolator::kBefore> kSilence{};
  for (uint32_t channel = 0; channel < kChannels; ++channel) {
    timeline_.write(channel, known_from_, kSilence);
  }
  // Nothing is missed that was sent before we listened.
  accounted_ = std::max(accounted_, (frontier_ + packet_frames_ - 1) / packet_frames_);
  begin_concealment();
  last_in_time_ = now;
  slowest_low_ = 1e300;
  lowered_at_ = now;
  state_ = State::kPlaying;
}

void Stream::take_drift() noexcept {
  const double drift = skew_.value();
  const double before = drift_;
  drift_ = mode_ != DelayMode::kHold && std::fabs(drift) > kLeastDrift ? drift : 0.0;
  // See available_at().
  if ((drift_ == 0.0) != (before == 0.0)) target_.renew_base();
}

// Brings the offset to the wanted one: by a shift where that is much, else by playing a trace
// slower or faster.
void Stream::steer(int64_t now) noexcept {
  if (beyond_ring_) held_offset_ = fixed_offset();
  double error = 0.0;  // > 0: more delay is wanted
  if (mode_ == DelayMode::kAuto && !beyond_ring_) {
    error = steer_by_arrivals(now);
  } else {
    error = wanted_offset() - offset(now);
    if (beyond_ring_ || mode_ == DelayMode::kHold || std::fabs(error) > to_frames(kShiftMs)) {
      if (error != 0.0) jump(error);
      error = 0.0;
    }
    if (beyond_ring_) {
      ceiling_ = 1e300;
      calm_ceiling_ = {1e300, 1e300};
    }
  }
  fastest_ = 1e300;
  beyond_ring_ = false;
  if (mode_ == DelayMode::kHold) return;
  if (error == 0.0 && drift_ == 0.0 && fraction_ != 0.0) {
    // Nothing to do but to get onto a whole frame, where samples pass untouched.
    error = fraction_;
    slewing_ = true;
  }
  slew(error);
}

// The window of DelayTarget: from what arrived just now no further up than the depth. Returns what
// is left to be slewed.
double Stream::steer_by_arrivals(int64_t now) noexcept {
  const double depth = whole(target_.depth());
  if (fastest_ < 1e300) ceiling_ = whole(fastest_) + depth;
  // What comes and goes from one quantum to the next is not worth a slew.
  if (now >= calm_until_) {
    calm_until_ = now + static_cast<int64_t>(to_frames(kCalmMs));
    calm_ceiling_[0] = calm_ceiling_[1];
    calm_ceiling_[1] = -1e300;
  }
  calm_ceiling_[1] = std::max(calm_ceiling_[1], ceiling_);
  const double excess = offset(now) - ceiling_;
  // Nor, where quanta are long, is what has just made it into the quantum before: as the clocks
  // drift apart more and more does, and until that is known the next may not.
  const double edge = drift_ == 0.0 && quantum_ > packet_frames_ ? quantum_ + 1.0 : 0.0;
  if (excess > std::max(to_frames(kSkipMs), edge)) {
    jump(-excess);
    return 0.0;
  }
  const double calm_excess = offset(now) - std::max(calm_ceiling_[0], calm_ceiling_[1]);
  return calm_excess > 0.0 ? -calm_excess : std::max(0.0, wanted_offset() - offset(now));
}

// Without drift, on whole frames: there samples pass untouched.
double Stream::whole(double frames) const noexcept {
  return drift_ == 0.0 ? std::ceil(frames) : frames;
}

void Stream::slew(double error) noexcept {
  const double ms = std::fabs(to_ms(error));
  if (ms > kSlewFromMs) slewing_ = true;
  double rate = 0.0;
  if (slewing_) {
    const double gentle_s = error > 0.0 ? kGentleUpS : kGentleDownS;
    const double gentle = std::max(std::min(ms, kGentleMs) / 1000.0 / gentle_s, kGentlest);
    const double quick = std::max(0.0, ms - kGentleMs) / 1000.0 / kSlewTimeS;
    // Before the drift is known there is no time to be gentle.
    const double wanted = skew_.known() ? gentle + quick : ms / 1000.0 / kSlewTimeS;
    rate = std::min(wanted, kSlew);
    if (std::fabs(error) <= rate * quantum_ || std::fabs(error) < kArrivedFrames) {
      slewing_ = false;
      rate = 0.0;
      if (drift_ == 0.0) {
        // On a whole frame again: from here on samples pass untouched.
        if (fraction_ >= 0.5) ++position_;
        fraction_ = 0.0;
      }
    }
  }
  ratio_ = 1.0 + drift_ + (error > 0.0 ? -rate : rate);
}

void Stream::jump(double more_delay) noexcept {
  // Down to a whole frame: rather a trace too much delay than a packet that is late by a hair.
  shift(static_cast<int64_t>(std::floor(fraction_ - more_delay)));
  fraction_ = 0.0;
  ratio_ = 1.0 + drift_;
  slewing_ = false;
}

void Stream::render(float* left, float* right, uint32_t frames, int64_t now,
                    uint32_t work) noexcept {
  work_ = work;
  if (state_ == State::kAcquiring && target_.ready(now)) start(now);
  if (state_ != State::kPlaying) {
    std::fill_n(left, frames, 0.0F);
    std::fill_n(right, frames, 0.0F);
    return;
  }
  take_drift();
  steer(now);
  rendered_offset_ = offset(now);
  rendered_ratio_ = ratio_;
  quantum_ = frames;

  const double end = fraction_ + ratio_ * frames;
  const auto advance = static_cast<int64_t>(std::floor(end));
  const double last = fraction_ + ratio_ * (frames - 1);
  finalise(position_ + static_cast<int64_t>(std::floor(last)) + Interpolator::kAfter + 1);

  const auto span = static_cast<size_t>(advance + Interpolator::kTaps + 1);
  for (uint32_t channel = 0; channel < channels(); ++channel) {
    timeline_.read(channel, position_ - Interpolator::kBefore, {window_.data(), span});
    interpolator_->read(window_.data() + Interpolator::kBefore, fraction_, ratio_,
                        channel == 0 ? left : right, frames);
  }
  if (!stereo_) std::copy_n(left, frames, right);

  position_ += advance;
  fraction_ = end - static_cast<double>(advance);
  target_.drift(-drift_ * frames);
  ceiling_ -= drift_ * frames;
  for (double& ceiling : calm_ceiling_) ceiling -= drift_ * frames;
}

// Moves the read position by `frames` on the sender's timeline: forward leaves sound out, back
// waits for more to arrive. The sound just played moves along, so that the concealment goes on
// from it and nothing is heard twice.
void Stream::shift(int64_t frames) noexcept {
  if (frames == 0) return;
  const int64_t history =
      std::min<int64_t>(frontier_ - known_from_, int64_t{Concealer::kHistory} + kProtected);
  timeline_.move(frontier_, history, frames);
  position_ += frames;
  frontier_ += frames;
  known_from_ = frontier_ - history;
  begin_concealment();
  ++stats_.discontinuities;
}

// From here on what is played goes on from what was played; how, is decided when it is needed.
void Stream::begin_concealment() noexcept {
  concealing_ = true;
  fitted_ = false;
  bridged_ = false;
  blend_left_ = kBlend;
}

void Stream::fit_concealment() noexcept {
  fitted_ = true;
  const bool two_sided = bridge_gap(false) && work_ > Concealer::kBridgeWork;
  const uint32_t most = two_sided ? work_ - Concealer::kBridgeWork : work_;
  const auto all = std::clamp<int64_t>(frontier_ - known_from_, 0, Concealer::kHistory);
  const auto known =
      static_cast<int64_t>(Concealer::history_for(static_cast<size_t>(all), channels(), most));
  std::array<std::span<const float>, kChannels> history;
  for (uint32_t channel = 0; channel < channels(); ++channel) {
    const std::span<float> sound{tools_->history[channel].data(), static_cast<size_t>(known)};
    timeline_.read(channel, frontier_ - known, sound);
    history[channel] = sound;
  }
  const Concealer::Sound sound{history.data(), channels()};
  work_ -= concealer_.begin(sound, concealment_, most, *tools_);
  ++stats_.fits;
  if (two_sided && bridge_gap(true)) {
    work_ -= std::min(work_, Concealer::kBridgeWork);
    ++stats_.two_sided;
    bridged_ = true;
  }
}

// Whether the sound after the gap at the frontier is known well enough; and if told so, bridges it.
bool Stream::bridge_gap(bool now) noexcept {
  const int64_t packet = frontier_ / packet_frames_;
  if (frontier_ < heard_ || timeline_.has(packet)) return false;
  int64_t next = packet + 1;
  const auto gap = [&] { return first_frame(next) - frontier_; };
  while (gap() <= static_cast<int64_t>(kMaxBridge) && !timeline_.has(next)) ++next;
  if (gap() > static_cast<int64_t>(kMaxBridge)) return false;
  int64_t end = next;
  while (timeline_.has(end) && first_frame(end) - first_frame(next) < int64_t{kMaxAfter}) ++end;
  const auto known = std::min<int64_t>(first_frame(end) - first_frame(next), kMaxAfter);
  if (known < static_cast<int64_t>(kMinAfter)) return false;
  if (!now) return true;
  std::array<std::span<const float>, kChannels> after;
  for (uint32_t channel = 0; channel < channels(); ++channel) {
    const std::span<float> sound{tools_->after[channel].data(), static_cast<size_t>(known)};
    timeline_.read(channel, first_frame(next), sound);
    after[channel] = sound;
  }
  return concealer_.bridge(static_cast<size_t>(gap()), {after.data(), channels()}, *tools_);
}

bool Stream::will_fit(uint32_t frames) const noexcept {
  if (state_ != State::kPlaying) return false;
  if (concealing_ && !fitted_) return true;
  const int64_t last = (frontier_ + frames - 1) / packet_frames_;
  for (int64_t packet = frontier_ / packet_frames_; packet <= last; ++packet) {
    // One that goes on has its model.
    if (!timeline_.has(packet)) return !concealing_ || blend_left_ < kBlend;
    if (concealing_) return false;
  }
  return false;
}

// Makes everything before `until` what will be played: received, concealed, or the way back from
// a concealment.
void Stream::finalise(int64_t until) noexcept {
  while (frontier_ < until) {
    const int64_t packet = frontier_ / packet_frames_;
    const int64_t end = std::min(first_frame(packet + 1), until);
    int64_t frames = end - frontier_;
    const bool heard = frontier_ < heard_;
    if (heard) frames = std::min(frames, heard_ - frontier_);
    if (heard || !timeline_.has(packet)) {
      if (!concealing_ || blend_left_ < kBlend) begin_concealment();
      if (!fitted_) fit_concealment();
      conceal(frames);
    } else {
      if (bridged_) concealing_ = bridged_ = false;
      if (concealing_) {
        if (!fitted_) fit_concealment();
        frames = std::min(frames, blend_left_);
        blend(frames);
      }
      heard_ = std::max(heard_, frontier_ + frames);
      if (frontier_ == first_frame(packet)) timeline_.mark_played(packet);
    }
    frontier_ += frames;
  }
  account(frontier_);
}

void Stream::conceal(int64_t frames) noexcept {
  const std::span<float> piece{scratch_.data(), static_cast<size_t>(frames)};
  for (uint32_t channel = 0; channel < channels(); ++channel) {
    concealer_.extrapolate(channel, piece);
    timeline_.write(channel, frontier_, piece);
  }
  stats_.concealed_frames += static_cast<uint64_t>(frames);
}

void Stream::blend(int64_t frames) noexcept {
  std::array<float, kBlend> real;
  const auto count = static_cast<size_t>(frames);
  for (uint32_t channel = 0; channel < channels(); ++channel) {
    const std::span<float> piece{scratch_.data(), count};
    concealer_.extrapolate(channel, piece);
    timeline_.read(channel, frontier_, {real.data(), count});
    for (size_t i = 0; i < count; ++i) {
      const auto done = static_cast<float>(kBlend - blend_left_) + static_cast<float>(i) + 0.5F;
      const float weight = done / static_cast<float>(kBlend);
      piece[i] += weight * (real[i] - piece[i]);
    }
    timeline_.write(channel, frontier_, piece);
  }
  blend_left_ -= frames;
  if (blend_left_ == 0) concealing_ = false;
}

void Stream::account(int64_t until) noexcept {
  const int64_t passed = until / packet_frames_;
  // Of what is older than the slots nothing is known; a sender that skips a lot must not make us
  // count one by one.
  const int64_t known = passed - Timeline::kPackets;
  if (accounted_ < known) {
    stats_.lost += static_cast<uint64_t>(known - accounted_);
    accounted_ = known;
  }
  for (; accounted_ < passed; ++accounted_) {
    if (!timeline_.has(accounted_)) ++stats_.lost;
  }
}

// ---- reports -----------------------------------------------------------------------------------

double Stream::delay_of(double offset) const noexcept {
  return to_ms(offset - target_.base() + Interpolator::kAfter);
}

double Stream::playout_delay_ms() const noexcept {
  return playing() ? delay_of(rendered_offset_) : 0.0;
}

double Stream::target_delay_ms() const noexcept {
  return playing() ? delay_of(wanted_offset()) : 0.0;
}

double Stream::capture_time_us() const noexcept {
  if (!playing()) return 0.0;
  const double us_per_frame = 1e6 / sample_rate_;
  // The packet at the position, or the nearest one before it that has arrived.
  const int64_t packet = position_ / packet_frames_;
  for (int64_t p = packet; p > packet - 8; --p) {
    if (!timeline_.has(p)) continue;
    return static_cast<double>(timeline_.capture_time_us(p)) +
           (static_cast<double>(position_ - first_frame(p)) + fraction_) * us_per_frame;
  }
  return 0.0;
}

}  // namespace tutti::playout
