// An autoregressive model of a sound: each sample as a weighted sum of those before it.
//
// The autocorrelation method: window, power spectrum, autocorrelation, Levinson's recursion. Burg's
// is half a dB better at the same order in the concealment of music, but several times dearer; for
// the same work this one affords a higher order on a longer past, which is worth more. The window
// rises as a square root over nearly all of its length and falls within the last 3 ms: what is
// near the gap counts most. Of a stereo sound both channels share one model (their
// autocorrelations are added), so they stay in step, and the recursion is done once.
//
// Papers: J. Makhoul, "Linear prediction: a tutorial review", Proc. IEEE 63, 1975; I. Kauppinen, K.
// Roth, "Audio signal extrapolation - theory and applications", DAFx 2002, for the high orders; T.
// Barnwell, "Recursive windowing for generating autocorrelation coefficients for LPC analysis",
// 1981, for windows that lean forward.
//
// One thread; configure() allocates, nothing else does; noexcept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tutti::playout {

class LinearPrediction {
 public:
  static constexpr size_t kMaxOrder = 768;
  static constexpr size_t kMaxHistory = 7168;  // frames

  // How much is looked at, and how closely. Best first; a lower index is several times the work.
  struct Plan {
    uint32_t history;  // frames, at least
    uint32_t order;
    uint32_t work;  // of one fit: parts of that of plan 0, which is 100
  };
  static constexpr std::array<Plan, 5> kPlans{
      {{7168, 768, 100}, {3456, 512, 45}, {1664, 320, 18}, {832, 160, 8}, {416, 80, 4}}};
  // The best plan for so much history and work; kPlans.size() when there is none.
  static size_t plan_for(size_t history, uint32_t work) noexcept;

  LinearPrediction();
  ~LinearPrediction();
  LinearPrediction(const LinearPrediction&) = delete;
  LinearPrediction& operator=(const LinearPrediction&) = delete;
  LinearPrediction(LinearPrediction&&) = delete;
  LinearPrediction& operator=(LinearPrediction&&) = delete;

  // False when there is no memory.
  bool configure();

  // history[c]: one or two channels of equal length, oldest first, finite, of at least the plan's
  // frames (the newest are used). Fills weights[0 .. order-1] so that x[n] is about the sum of
  // weights[i] * x[n - order + i]: in the order of time. Returns the share of the energy that is
  // not predicted, 0 to 1; silence gives weights of 0, and 1.
  double fit(std::span<const std::span<const float>> history, size_t plan,
             std::span<float> weights) noexcept;

 private:
  struct Stage;
  double recurse(size_t order) noexcept;

  std::vector<Stage> stages_;        // one for each plan
  std::vector<double> signal_;       // windowed; in the end the autocorrelation
  std::vector<double> spectrum_;     // real and imaginary in turn
  std::vector<double> power_;        // the same way, added up over the channels
  std::vector<double> correlation_;  // newest lag first, for the recursion's dot product
  std::vector<double> predictor_;
};

}  // namespace tutti::playout
