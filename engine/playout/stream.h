// One remote stream: from datagrams to a steady sound.
//
// Packets fall into a timeline by their sequence. A read position walks that timeline (the
// SENDER's frames) by a ratio near 1 for every local frame; the distance between the local frame
// count and the read position is the playout offset, steered towards what DelayTarget asks for:
// small changes by the ratio (at most 0.5 %), large ones by a shift hidden in a concealment. The
// ratio is that of the two clocks (Skew), so the offset stays where it is as they drift apart.
//
//                    history            frontier_          yet to be played
//   ----------|===================|--------|------------------------------>  sender's frames
//                            position_     `- everything before it is final: received or concealed
//
// One thread (the audio thread). configure() allocates; everything else is noexcept, allocates
// nothing, locks nothing and does bounded work.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "clock/skew.h"
#include "playout/concealer.h"
#include "playout/delay_target.h"
#include "playout/interpolator.h"
#include "playout/timeline.h"
#include "wire/packet.h"
#include "wire/redundancy.h"
#include "wire/sequence.h"

namespace tutti::playout {

enum class DelayMode : uint8_t {
  kAuto,   // follow the network
  kFixed,  // this many ms above the fastest recent packet
  // As kFixed at the start of the stream, then not adjusted: bit-exact. Only when nothing has come
  // in time for a second (the route or a clock has moved) it is set once more.
  kHold,
};

// All counts are of packets since the stream was added, unless the name says otherwise.
struct StreamStats {
  uint64_t received = 0;  // distinct packets, whether in time or not
  uint64_t lost = 0;      // never arrived (yet), though later ones were played
  uint64_t late = 0;      // arrived after their place had begun to be concealed
  uint64_t duplicate = 0;
  uint64_t reordered = 0;  // arrived after a newer one
  uint64_t recovered = 0;  // of received: only came as a redundant copy
  uint64_t concealed_frames = 0;
  uint64_t discontinuities = 0;  // shifts of the read position
  uint64_t restarts = 0;         // the sender began anew
  uint64_t fits = 0;             // models fitted for a concealment
  uint64_t two_sided = 0;        // of these: with the sound after the gap known
};

class Stream {
 public:
  static constexpr uint32_t kChannels = Timeline::kChannels;

  // sample_rate in Hz: of the local clock and of the packets. max_frames: most frames per render().
  // Interpolator and tools are shared by all streams and outlive them.
  void configure(double sample_rate, uint32_t max_frames, const Interpolator& interpolator,
                 ConcealmentTools& tools);
  // See clock::Skew: what is done from time to time is done at another time than in other streams.
  void stagger(double share) noexcept { skew_.stagger(share); }
  // As new; keeps memory and the delay choices.
  void reset() noexcept;

  // A datagram that has been parsed. `now` is the first local frame that has not been rendered;
  // `waited`: frames that the datagram has waited for it since it arrived, 0 or more (a whole
  // quantum or more when not known).
  void receive(const wire::Datagram& datagram, int64_t now, double waited) noexcept;
  // Writes `frames` (<= max_frames) frames from local frame `now` on; silence before there is any
  // sound. For a mono stream both outputs are the same samples.
  // `work` is what models of concealments may cost in it (see LinearPrediction::Plan).
  void render(float* left, float* right, uint32_t frames, int64_t now,
              uint32_t work = kAloneWork) noexcept;
  // Whether the next render() of so many frames will have to fit one, as far as is known now.
  bool will_fit(uint32_t frames) const noexcept;
  // What a quantum of 128 frames can afford for all streams together.
  static constexpr uint32_t kAloneWork = 130;

  // ms in [0, DelayTarget::kMaxDelayMs], clamped; ignored by kAuto. Takes effect while playing.
  void set_delay(DelayMode mode, double ms) noexcept;
  void set_late_cost(double ms_per_percent) noexcept { target_.set_late_cost(ms_per_percent); }

  void set_concealment(Concealment kind) noexcept { concealment_ = kind; }

  bool playing() const noexcept { return state_ == State::kPlaying; }
  const StreamStats& stats() const noexcept { return stats_; }
  // Delay of the sound being played against the fastest recent packet, ms. 0 while not playing.
  double playout_delay_ms() const noexcept;
  // What playout_delay_ms() is steered to.
  double target_delay_ms() const noexcept;
  // Spread of the recent arrivals: all but the slowest 5 % come within so many ms of the fastest.
  // NaN while not known.
  double jitter_ms() const noexcept { return target_.jitter_ms(); }
  // The sender's capture time (its own clock, us) of the next frame to be rendered; 0 when unknown.
  double capture_time_us() const noexcept;
  // Local frames per sender frame is 1 / ratio().
  double ratio() const noexcept { return ratio_; }
  // How much faster the sender's clock runs than ours; only when drift_known().
  bool drift_known() const noexcept { return skew_.known(); }
  double drift_ppm() const noexcept { return skew_.value() * 1e6; }
  // For simulations: the last render() began at local frame minus rendered_offset() on the sender's
  // timeline and went on by rendered_ratio() sender's frames for each of its own.
  double rendered_offset() const noexcept { return rendered_offset_; }
  double rendered_ratio() const noexcept { return rendered_ratio_; }
  // Number (on the timeline) of the newest packet received; -1 before the first.
  int64_t newest_packet() const noexcept { return unwrapper_.newest(); }
  // Whether the first frame of this packet, rendered within the last few ms, was as received.
  bool played(int64_t packet) const noexcept { return timeline_.played(packet); }
  // Interpolation looks this far ahead of the read position: exact, in frames.
  static constexpr uint32_t latency() noexcept { return Interpolator::kAfter; }

 private:
  enum class State : uint8_t { kIdle, kAcquiring, kPlaying };

  void insert(const wire::Packet& packet, bool redundant_copy, int64_t now,
              double available) noexcept;
  bool begins_anew(const wire::Header& h) noexcept;
  void acquire(const wire::Header& h, int64_t now) noexcept;
  void store(int64_t packet, const wire::Packet& data) noexcept;
  void repair(uint32_t channel, int64_t first, std::span<float> sent) noexcept;
  void notice_lateness(bool late, double requirement, int64_t now) noexcept;
  void wait_for(int64_t first, double requirement, int64_t now) noexcept;
  double available_at(int64_t now, double waited) const noexcept;

  void start(int64_t now) noexcept;
  void take_drift() noexcept;
  void steer(int64_t now) noexcept;
  double steer_by_arrivals(int64_t now) noexcept;
  void slew(double error) noexcept;
  double whole(double frames) const noexcept;
  void jump(double more_delay) noexcept;
  void shift(int64_t frames) noexcept;
  void finalise(int64_t until) noexcept;
  void conceal(int64_t frames) noexcept;
  void blend(int64_t frames) noexcept;
  void begin_concealment() noexcept;
  void fit_concealment() noexcept;
  bool bridge_gap(bool now) noexcept;
  void account(int64_t until) noexcept;

  double offset(int64_t now) const noexcept {
    return static_cast<double>(now - position_) - fraction_;
  }
  double wanted_offset() const noexcept;
  double fixed_offset() const noexcept;
  double delay_of(double offset) const noexcept;
  int64_t first_frame(int64_t packet) const noexcept { return packet * packet_frames_; }
  uint32_t channels() const noexcept { return stereo_ ? 2 : 1; }
  double to_ms(double frames) const noexcept { return frames * 1000.0 / sample_rate_; }
  double to_frames(double ms) const noexcept { return ms * sample_rate_ / 1000.0; }

  double sample_rate_ = 48000.0;
  const Interpolator* interpolator_ = nullptr;
  Timeline timeline_;
  DelayTarget target_;
  clock::Skew skew_;
  Concealer concealer_;
  ConcealmentTools* tools_ = nullptr;
  std::vector<float> window_;   // what one render() reads of one channel
  std::vector<float> scratch_;  // one packet of one channel, or one piece of concealment

  Concealment concealment_ = Concealment::kAutoregressive;
  DelayMode mode_ = DelayMode::kAuto;
  double chosen_ms_ = 0.0;

  State state_ = State::kIdle;
  wire::SequenceUnwrapper unwrapper_;
  int64_t packet_frames_ = 0;
  uint64_t newest_capture_us_ = 0;
  int64_t strangers_ = 0;           // consecutive packets far from everything known
  uint16_t stranger_sequence_ = 0;  // the last of them
  bool stereo_ = false;
  int64_t mono_packets_ = 0;  // since the last stereo one

  int64_t position_ = 0;   // read position, sender's frames: whole part
  double fraction_ = 0.0;  // and the rest, in [0, 1)
  double ratio_ = 1.0;
  double held_offset_ = 0.0;  // DelayMode::kHold
  bool slewing_ = false;
  double drift_ = 0.0;      // sender's frames per local frame, minus 1, as played
  double fastest_ = 1e300;  // requirement of the fastest packet since the last render()
  double ceiling_ = 1e300;  // highest offset there is a use for, by the last such packet
  int64_t calm_until_ = 0;
  std::array<double, 2> calm_ceiling_{};  // highest of the last and this 50 ms
  double waited_ = 0.0;                   // of the datagram being received
  bool beyond_ring_ = false;
  double rendered_offset_ = 0.0;  // at the last render()
  double rendered_ratio_ = 1.0;
  uint32_t quantum_ = 0;  // frames of it

  int64_t frontier_ = 0;
  int64_t known_from_ = 0;  // the timeline is continuous from here to frontier_
  int64_t heard_ = 0;       // nothing before this frame is played as received again
  int64_t accounted_ = 0;   // packets before this one are counted as played or lost
  bool concealing_ = false;
  bool fitted_ = false;   // the concealment's model is that of this gap
  bool bridged_ = false;  // it ends where the gap does, without a blend
  uint32_t work_ = 0;     // left for this render()
  int64_t blend_left_ = 0;

  int64_t last_in_time_ = 0;
  double slowest_low_ = 0.0;  // least requirement since then
  int64_t lowered_at_ = 0;

  StreamStats stats_;
};

}  // namespace tutti::playout
