#include "trace.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tutti::sim {
namespace {

struct Line {
  double sent = 0.0;
  std::optional<double> arrived;
};

// Nothing when the text is no number.
std::optional<double> number(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\r'; }),
             text.end());
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') return std::nullopt;
  return value;
}

std::vector<Line> read_lines(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be opened");
  std::vector<Line> lines;
  std::string text;
  for (int n = 1; std::getline(file, text); ++n) {
    if (text.empty() || text[0] == '#' || text == "\r") continue;
    if (n == 1) {
      if (text.rfind("seq,send_ms,arrival_ms", 0) != 0) {
        throw std::runtime_error(path + ": the first line must be seq,send_ms,arrival_ms");
      }
      continue;
    }
    std::istringstream fields(text);
    std::string sequence;
    std::string sent;
    std::string arrived;
    std::getline(fields, sequence, ',');
    std::getline(fields, sent, ',');
    std::getline(fields, arrived, ',');
    const auto sent_ms = number(sent);
    const auto arrived_ms = number(arrived);
    const bool lost = arrived.find_first_not_of(" \r") == std::string::npos;
    if (!sent_ms || !std::isfinite(*sent_ms) || (!lost && !arrived_ms)) {
      std::string problem = path;
      problem.append(":").append(std::to_string(n));
      problem.append(": expected seq,send_ms,arrival_ms but found \"").append(text).append("\"");
      throw std::runtime_error(problem);
    }
    // Some traces write a loss as nan or as a negative time.
    if (lost || !std::isfinite(*arrived_ms) || *arrived_ms < 0.0) {
      lines.push_back({*sent_ms, std::nullopt});
      continue;
    }
    lines.push_back({*sent_ms, arrived_ms});
  }
  return lines;
}

}  // namespace

Trace Trace::read(const std::string& path) {
  std::vector<Line> lines = read_lines(path);
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.sent < b.sent; });
  Trace trace;
  for (const Line& line : lines) {
    const double sent = line.sent - lines.front().sent;
    trace.sent_.push_back(sent);
    trace.lost_.push_back(!line.arrived);
    if (line.arrived) {
      trace.arrived_sent_.push_back(sent);
      trace.arrived_after_.push_back(*line.arrived - line.sent);
    }
  }
  if (trace.sent_.size() < 2 || trace.arrived_sent_.empty() || trace.duration_ms() <= 0.0) {
    throw std::runtime_error(
        path + ": needs at least two packets sent at different times, one of which arrived");
  }
  return trace;
}

std::optional<double> Trace::delay_ms(double send_ms) const {
  const double end = duration_ms();
  const double t = send_ms > end ? std::fmod(send_ms, end) : send_ms;
  // The nearest packet; of two that are equally near the earlier one.
  auto next = static_cast<size_t>(std::lower_bound(sent_.begin(), sent_.end(), t) - sent_.begin());
  next = std::clamp<size_t>(next, 1, sent_.size() - 1);
  const size_t nearest = t - sent_[next - 1] <= sent_[next] - t ? next - 1 : next;
  if (lost_[nearest]) return std::nullopt;

  const auto upper = std::upper_bound(arrived_sent_.begin(), arrived_sent_.end(), t);
  if (upper == arrived_sent_.begin()) return arrived_after_.front();
  if (upper == arrived_sent_.end()) return arrived_after_.back();
  const auto i = static_cast<size_t>(upper - arrived_sent_.begin());
  const double share = (t - arrived_sent_[i - 1]) / (arrived_sent_[i] - arrived_sent_[i - 1]);
  return arrived_after_[i - 1] + share * (arrived_after_[i] - arrived_after_[i - 1]);
}

}  // namespace tutti::sim
