// What a missing packet costs: the dear parts of playout/.
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "far_end.h"
#include "kernel.h"
#include "playout/bridge.h"
#include "playout/concealer.h"
#include "playout/linear_prediction.h"

namespace tutti::bench {
namespace {

using playout::Concealer;
using playout::LinearPrediction;

template <size_t kPlan>
Run fit() {
  auto prediction = std::make_shared<LinearPrediction>();
  prediction->configure();
  const std::vector<float> sound = chord(LinearPrediction::kMaxHistory, 5);
  return [prediction, sound,
          weights = std::vector<float>(LinearPrediction::kPlans[kPlan].order)]() mutable {
    const std::array<std::span<const float>, 1> history{sound};
    const double unpredicted = prediction->fit(history, kPlan, weights);
    return static_cast<float>(unpredicted) + weights[0];
  };
}

// A model, and 128 frames of it.
struct Going {
  Going() {
    tools.configure();
    const std::vector<float> sound = chord(Concealer::kHistory, 6);
    const std::array<std::span<const float>, 1> history{sound};
    begun.begin(history, playout::Concealment::kAutoregressive, 130, tools);
  }
  float on() {
    concealer = begun;
    concealer.extrapolate(0, out);
    return out[0] + out[kFrames - 1];
  }
  playout::ConcealmentTools tools;
  Concealer begun;
  Concealer concealer;
  std::array<float, kFrames> out{};
};

Run go_on() {
  auto going = std::make_shared<Going>();
  return [going] { return going->on(); };
}

// 128 frames missing, 192 known after them.
Run bridge() {
  auto prediction = std::make_shared<LinearPrediction>();
  prediction->configure();
  constexpr size_t kOrder = LinearPrediction::kPlans[0].order;
  const std::vector<float> sound = chord(LinearPrediction::kMaxHistory + 320, 7);
  const std::span<const float> all(sound);
  const std::array<std::span<const float>, 1> history{all.first(LinearPrediction::kMaxHistory)};
  std::vector<float> weights(kOrder);
  prediction->fit(history, 0, weights);
  return [sound, weights, bridge = std::make_shared<playout::Bridge>(),
          fill = std::array<float, playout::kMaxBridge>{}]() mutable {
    const auto known = std::span<const float>(sound);
    fill.fill(0.0F);
    bridge->prepare(weights, playout::kMaxBridge, playout::kMaxAfter);
    bridge->span(known.first(LinearPrediction::kMaxHistory), known.last(playout::kMaxAfter), fill);
    return fill[0] + fill[playout::kMaxBridge - 1];
  };
}

}  // namespace

Kernels concealment_kernels() {
  return {{"model of 768 weights", fit<0>},
          {"model of 320 weights", fit<2>},
          {"model of 80 weights", fit<4>},
          {"concealment goes on, 768 weights", go_on},
          {"bridge over 128 frames", bridge}};
}

}  // namespace tutti::bench
