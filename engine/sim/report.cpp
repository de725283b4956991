#include "report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <optional>
#include <stdexcept>

namespace tutti::sim {
namespace {

using Json = nlohmann::ordered_json;

// The value below which a share of the values lies; `values` not empty.
double percentile(std::vector<double> values, double share) {
  const auto at = static_cast<size_t>(std::llround(share * static_cast<double>(values.size() - 1)));
  std::nth_element(values.begin(), values.begin() + static_cast<ptrdiff_t>(at), values.end());
  return values[at];
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Json rounded(double value) {
  if (std::isnan(value)) return nullptr;
  return std::round(value * 1000.0) / 1000.0;
}

Json distribution(const std::vector<double>& values) {
  if (values.empty()) {
    return {{"mean", nullptr}, {"p50", nullptr}, {"p95", nullptr}, {"max", nullptr}};
  }
  return {{"mean", rounded(mean(values))},
          {"p50", rounded(percentile(values, 0.5))},
          {"p95", rounded(percentile(values, 0.95))},
          {"max", rounded(*std::max_element(values.begin(), values.end()))}};
}

const char* name(PacketState state) {
  switch (state) {
    case PacketState::kPlayed:
      return "played";
    case PacketState::kLate:
      return "late";
    default:
      return "lost";
  }
}

}  // namespace

Json report(const Scenario& scenario, const Result& result) {
  double fastest = 1e300;
  for (const PacketFate& fate : result.packets) {
    if (!std::isnan(fate.arrival_ms)) {
      fastest = std::min(fastest, fate.arrival_ms - fate.send_ms);
    }
  }
  int64_t late = 0;
  int64_t lost = 0;
  std::vector<double> delays;
  for (const PacketFate& fate : result.packets) {
    if (fate.state == PacketState::kPlayed) {
      delays.push_back(fate.playout_ms - fate.send_ms - fastest);
    }
    late += fate.state == PacketState::kLate ? 1 : 0;
    lost += fate.state == PacketState::kLost ? 1 : 0;
  }
  Json fit_us = {{"p50", nullptr}, {"p99", nullptr}};
  if (!result.fit_us.empty()) {
    fit_us = {{"p50", rounded(percentile(result.fit_us, 0.5))},
              {"p99", rounded(percentile(result.fit_us, 0.99))}};
  }
  return {{"packets", result.packets.size()},
          {"lost", lost},
          {"late", late},
          {"concealed_frames", result.stats.concealed_frames},
          {"delay_ms", distribution(delays)},
          {"target_ms", distribution(result.target_ms)},
          {"discontinuities", result.stats.discontinuities},
          {"fit_us", fit_us},
          {"fits", result.stats.fits},
          {"fits_two_sided", result.stats.two_sided},
          {"recovered", result.stats.recovered},
          {"restarts", result.stats.restarts},
          {"ratio_ppm", distribution(result.ratio_ppm)},
          {"drift_ppm", rounded(result.drift_ppm)},
          {"output_delay_frames", std::llround(result.output_delay_frames)},
          {"drift_ppm_simulated", scenario.drift_ppm}};
}

void write_report(const std::string& path, const Json& report) {
  std::ofstream file(path);
  file << report.dump(2) << '\n';
  file.flush();
  if (!file) throw std::runtime_error(path + ": cannot be written");
}

void write_packets(const std::string& path, const Result& result) {
  std::ofstream file(path);
  file << "seq,send_ms,arrival_ms,playout_ms,state\n";
  const auto ms = [](double value) -> std::string {
    if (std::isnan(value)) return "";
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", value);
    return text;
  };
  for (size_t k = 0; k < result.packets.size(); ++k) {
    const PacketFate& fate = result.packets[k];
    file << k << ',' << ms(fate.send_ms) << ',' << ms(fate.arrival_ms) << ',' << ms(fate.playout_ms)
         << ',' << name(fate.state) << '\n';
  }
  file.flush();
  if (!file) throw std::runtime_error(path + ": cannot be written");
}

}  // namespace tutti::sim
