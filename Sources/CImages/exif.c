#include "CImages.h"

#include <libexif/exif-data.h>
#include <limits.h>

int images_exif_orientation(const uint8_t *bytes, size_t size) {
    if (size > UINT_MAX) return 1;
    ExifData *data = exif_data_new();
    if (!data) return 1;
    // Repairing what the camera wrote is not wanted, only reading one number.
    exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
    exif_data_load_data(data, bytes, (unsigned int)size);
    int orientation = 1;
    ExifEntry *entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
    if (entry && entry->format == EXIF_FORMAT_SHORT && entry->components == 1 && entry->data && entry->size >= 2) {
        int value = exif_get_short(entry->data, exif_data_get_byte_order(data));
        if (value >= 1 && value <= 8) orientation = value;
    }
    exif_data_unref(data);
    return orientation;
}
