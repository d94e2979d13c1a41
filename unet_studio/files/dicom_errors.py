"""What pydicom raises at a file that is not what it says: imported only where pydicom is."""

from pydicom.errors import BytesLengthException, InvalidDicomError

from unet_studio.files.dicom_file import WALKING_ERRORS

PARSING_ERRORS = (InvalidDicomError, BytesLengthException, *WALKING_ERRORS)
