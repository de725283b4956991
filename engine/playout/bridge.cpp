#include "playout/bridge.h"

#include <algorithm>
#include <cmath>

#include "playout/linear_prediction.h"
#include "simd.h"

namespace tutti::playout {

bool Bridge::prepare(std::span<const float> weights, size_t gap, size_t after) noexcept {
  if (gap < 1 || gap > kMaxBridge || after < kMinAfter || after > kMaxAfter) return false;
  gap_ = gap;
  after_ = after;
  weights_ = weights;
  filter_.fill(0.0);
  filter_[0] = 1.0;
  const size_t order = weights.size();
  for (size_t i = 1; i < gap + after && i <= order; ++i) {
    filter_[i] = -static_cast<double>(weights[order - i]);
  }

  // matrix[i][j] = sum of filter[n - i] filter[n - j] over all n from the gap's begin to the last
  // frame after it. One step up the diagonal adds one product.
  const size_t last = gap + after - 1;
  auto& matrix = factor_;
  for (size_t j = 0; j < gap; ++j) {
    matrix[gap - 1][j] = dot(filter_.data(), filter_.data() + (gap - 1 - j), after + 1);
  }
  for (size_t i = gap - 1; i-- > 0;) {
    for (size_t j = 0; j <= i; ++j) {
      matrix[i][j] = matrix[i + 1][j + 1] + filter_[last - i] * filter_[last - j];
    }
  }
  // Cholesky's factor in its place, row by row: dot products of rows.
  for (size_t i = 0; i < gap; ++i) {
    for (size_t j = 0; j < i; ++j) {
      matrix[i][j] = (matrix[i][j] - dot(matrix[i].data(), matrix[j].data(), j)) / matrix[j][j];
    }
    const double square = matrix[i][i] - dot(matrix[i].data(), matrix[i].data(), i);
    if (!(square > 1e-12)) return false;
    matrix[i][i] = std::sqrt(square);
  }
  return true;
}

void Bridge::span(std::span<const float> before, std::span<const float> after,
                  std::span<float> fill) noexcept {
  // What the frames after the gap would surprise by, were the fill right.
  std::array<float, LinearPrediction::kMaxOrder + kMaxBridge + kMaxAfter> all;
  const size_t order = weights_.size();
  std::copy(before.end() - static_cast<ptrdiff_t>(order), before.end(), all.begin());
  std::copy(fill.begin(), fill.end(), all.begin() + static_cast<ptrdiff_t>(order));
  std::copy_n(after.begin(), after_, all.begin() + static_cast<ptrdiff_t>(order + gap_));
  std::array<double, kMaxAfter> surprise;
  for (size_t n = 0; n < after_; ++n) {
    const float* x = all.data() + gap_ + n;
    surprise[n] = static_cast<double>(x[order] - dot(weights_.data(), x, order));
  }
  std::array<double, kMaxBridge> change;
  for (size_t j = 0; j < gap_; ++j) {
    change[j] = -dot(filter_.data() + (gap_ - j), surprise.data(), after_);
  }
  for (size_t i = 0; i < gap_; ++i) {
    change[i] = (change[i] - dot(factor_[i].data(), change.data(), i)) / factor_[i][i];
  }
  for (size_t i = gap_; i-- > 0;) {
    change[i] /= factor_[i][i];
    for (size_t j = 0; j < i; ++j) change[j] -= factor_[i][j] * change[i];
  }
  for (size_t i = 0; i < gap_; ++i) fill[i] += static_cast<float>(change[i]);
}

}  // namespace tutti::playout
