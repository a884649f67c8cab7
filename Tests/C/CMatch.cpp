// That the search of a gallery finds whom a plain loop over all templates finds, by every way that this machine has.
#include "CMatch.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "check.h"

namespace {

uint32_t state = 1;
float uniform() { return static_cast<float>((state = state * 1664525 + 1013904223) >> 8) / float(1 << 24) - 0.5f; }
/// Nearly normal, deviation 1.
float normal() {
    float sum = 0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
}

struct people {
    std::vector<float> templates;
    std::vector<uint32_t> owners;
    size_t count = 0;

    /// As descriptors are: all about one mean, some directions wider than others, up to four templates a person.
    people(size_t size, float width) {
        std::vector<float> mean(RM_NUMBERS);
        for (auto &number : mean) number = 0.117f * normal();
        for (; owners.size() < size; ++count) {
            std::vector<float> centre = mean;
            for (int i = 0; i < RM_NUMBERS; ++i)
                centre[i] += width * normal() * 2 * std::exp(-static_cast<float>(i) / 60);
            for (size_t each = 0; each < 1 + count % 4 && owners.size() < size; ++each) {
                for (float number : centre) templates.push_back(number + 0.2f * width * normal());
                owners.push_back(static_cast<uint32_t>(count));
            }
        }
    }
};

double distance(const float *a, const float *b) {
    double sum = 0;
    for (int i = 0; i < RM_NUMBERS; ++i) sum += (double(a[i]) - b[i]) * (double(a[i]) - b[i]);
    return std::sqrt(sum);
}

/// Everybody's nearest template, by number of the person.
std::vector<double> plain(const people &all, const float *probe) {
    std::vector<double> least(all.count, INFINITY);
    for (size_t each = 0; each < all.owners.size(); ++each) {
        double &own = least[all.owners[each]];
        own = std::min(own, distance(&all.templates[each * RM_NUMBERS], probe));
    }
    return least;
}

void search(
    const rm_gallery *gallery, const people &all, const std::vector<float> &probe, size_t wanted, const char *of) {
    std::vector<float> scratch(rm_gallery_scratch(gallery));
    std::vector<rm_neighbour> found(RM_MOST_NEAREST);
    const size_t count = rm_gallery_nearest(gallery, probe.data(), scratch.data(), found.data(), wanted);
    std::vector<double> least = plain(all, probe.data()), sorted = least;
    std::sort(sorted.begin(), sorted.end());
    check(count == std::min(wanted, all.count), "%s: %zu of %zu people", of, count, wanted);
    for (size_t i = 0; i < count; ++i) {
        const double exact = least[found[i].person];
        check(std::fabs(found[i].distance - exact) <= 1e-5 * (1 + exact), "%s: person %u", of, found[i].person);
        // People whose distances differ by less than single precision can hold may change places.
        check(std::fabs(exact - sorted[i]) <= 1e-6 * (1 + exact), "%s: rank %zu is %f", of, i, exact);
        for (size_t other = 0; other < i; ++other)
            check(found[other].person != found[i].person, "%s: each once", of);
    }
}

void searches(const people &all, rm_processor processor, const char *of) {
    rm_gallery *gallery = rm_gallery_make(all.templates.data(), all.owners.data(), all.owners.size(), processor);
    require(gallery != nullptr, "%s: a gallery is made", of);
    for (size_t round = 0; round < 12; ++round) {
        std::vector<float> probe(RM_NUMBERS);
        for (int i = 0; i < RM_NUMBERS; ++i) {
            const float near = all.owners.empty() ? 0 : all.templates[round * 37 % all.owners.size() * RM_NUMBERS + i];
            probe[i] = round % 3 == 0 ? near : round % 3 == 1 ? near + 0.02f * normal() : 0.12f * normal();
        }
        for (size_t wanted : {1, 2, 4, 32}) search(gallery, all, probe, wanted, of);
    }
    rm_gallery_free(gallery);
}

void extremes(rm_processor processor) {
    // Equal templates: the order is that of the people. One that is not like the others must not be lost.
    people same(70, 0);
    std::fill(same.templates.begin(), same.templates.end(), 0.25f);
    searches(same, processor, "equal templates");
    people wild(100, 0.05f);
    for (int i = 0; i < RM_NUMBERS; ++i) {
        wild.templates[5 * RM_NUMBERS + i] = 40 * normal();
        wild.templates[99 * RM_NUMBERS + i] = i % 2 ? 1e4f : -1e4f;
    }
    searches(wild, processor, "two wild templates");

    // Squares that overflow: the near one is found all the same.
    people vast(40, 0.05f);
    std::fill(vast.templates.begin() + 3 * RM_NUMBERS, vast.templates.begin() + 4 * RM_NUMBERS, 3e38f);
    rm_gallery *gallery = rm_gallery_make(vast.templates.data(), vast.owners.data(), vast.owners.size(), processor);
    require(gallery != nullptr, "a gallery of vast numbers is made");
    std::vector<float> scratch(rm_gallery_scratch(gallery));
    rm_neighbour nearest = {};
    const size_t found = rm_gallery_nearest(gallery, &vast.templates[20 * RM_NUMBERS], scratch.data(), &nearest, 1);
    check(found == 1 && nearest.person == vast.owners[20] && nearest.distance == 0, "vast numbers hide nobody");
    check(rm_gallery_nearest(gallery, &vast.templates[0], scratch.data(), &nearest, 0) == 0, "nobody is wanted");
    rm_gallery_free(gallery);
}

/// Products of rows and a probe are those of plain sums.
void products() {
    for (size_t width : {16, 96, 128}) {
        std::vector<float> rows(5 * width), probe(width), found(5);
        for (auto &number : rows) number = normal();
        for (auto &number : probe) number = normal();
        rm_products(rows.data(), 5, width, probe.data(), found.data());
        for (size_t row = 0; row < 5; ++row) {
            double sum = 0;
            for (size_t i = 0; i < width; ++i) sum += double(rows[row * width + i]) * probe[i];
            check(std::abs(found[row] - sum) < 1e-4, "row %zu of %zu numbers: %f, not %f", row, width, found[row], sum);
        }
        rm_products(rows.data(), 0, width, probe.data(), nullptr);
    }
}

}  // namespace

int main() {
    for (rm_processor processor : {RM_WIDEST, RM_BASE, RM_AVX2, RM_AVX512}) {
        const int before = checks_done;
        rm_gallery *made = rm_gallery_make(nullptr, nullptr, 0, processor);
        if (processor < RM_AVX2) require(made != nullptr, "an empty gallery is made");
        if (!made) continue;
        rm_neighbour nearest;
        float probe[RM_NUMBERS] = {}, scratch[1];
        check(rm_gallery_nearest(made, probe, scratch, &nearest, 1) == 0, "an empty gallery has nobody");
        rm_gallery_free(made);
        state = 1;
        for (size_t size : {1, 31, 33, 500, 3000}) searches(people(size, 0.035f), processor, "people");
        extremes(processor);
        // Not every machine has these: they do not count.
        if (processor >= RM_AVX2) checks_done = before;
    }
    products();
    return check_end();
}
