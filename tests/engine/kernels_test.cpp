// What tests/bench/kernels/ holds to be timed, run here for what it computes.
#include "kernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

namespace tutti::bench {
namespace {

TEST(Kernels, AreThereUnderNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const Kernel& kernel : all_kernels()) names.insert(kernel.name);
  EXPECT_GE(names.size(), 25U);
  EXPECT_EQ(names.size(), all_kernels().size());
}

TEST(Kernels, RunAgainAndAgainAndComeToSomething) {
  for (const Kernel& kernel : all_kernels()) {
    const auto run = kernel.prepare();
    double sum = 0.0;
    for (int i = 0; i < 20; ++i) {
      const float answer = run();
      ASSERT_TRUE(std::isfinite(answer)) << kernel.name;
      sum += std::fabs(static_cast<double>(answer));
    }
    EXPECT_GT(sum, 0.0) << kernel.name;
  }
}

// Two of a kind know nothing of each other.
TEST(Kernels, ComeToTheSameEveryTime) {
  for (const Kernel& kernel : all_kernels()) {
    const auto one = kernel.prepare();
    const auto other = kernel.prepare();
    for (int i = 0; i < 3; ++i) ASSERT_EQ(one(), other()) << kernel.name;
  }
}

}  // namespace
}  // namespace tutti::bench
